namespace Attune.Programs;

/// <summary>A measurement, a checkpoint, or both, as a program reported them in one line.</summary>
/// <param name="Metrics">The metrics by name; NaN and infinities are kept, since they tell how the trial failed.</param>
/// <param name="Resource">How much resource the measurement was taken at, finite and not negative; null if the line does not say.</param>
/// <param name="Instance">The instance (fold, data set) that was measured, by name or number; null if the line does not say.</param>
/// <param name="Replicate">The number of the repetition, from 0; null if the line does not say.</param>
/// <param name="StandardErrors">
/// Standard errors by metric name, finite and not negative; each metric is in <paramref name="Metrics"/>.
/// </param>
/// <param name="Checkpoint">The path of a checkpoint that is complete; null if the line does not name one.</param>
internal sealed record ReportedLine(
    IReadOnlyDictionary<string, double> Metrics,
    double? Resource = null,
    string? Instance = null,
    long? Replicate = null,
    IReadOnlyDictionary<string, double>? StandardErrors = null,
    string? Checkpoint = null) : MetricReport;
