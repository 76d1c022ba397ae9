namespace Attune;

/// <summary>What a trial reported at one moment: named metrics at a resource.</summary>
/// <param name="Metrics">Finite values by name, in the metrics' own directions.</param>
public sealed record Measurement(MetricValues Metrics)
{
    // A study may hold millions of these: NaN stands for what was not given.
    private readonly double _resource = double.NaN;
    private readonly double _elapsed = double.NaN;

    /// <summary>The resource spent by the trial so far, in units of the first fidelity; null where there is none.</summary>
    public double? Resource
    {
        get => double.IsNaN(_resource) ? null : _resource;
        init => _resource = value ?? double.NaN;
    }

    /// <summary>The place in the trial's reports, from 0, over all attempts; the study assigns it.</summary>
    public int Sequence { get; init; }

    /// <summary>The attempt that reported it, from 1; the study assigns it.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The instance (fold, seed, data set) it was measured on; null for none.</summary>
    public string? Instance { get; init; }

    /// <summary>The replicate on that instance, from 0.</summary>
    public int Replicate { get; init; }

    /// <summary>Standard errors by metric name; null where none was reported.</summary>
    public MetricValues? StandardErrors { get; init; }

    /// <summary>Seconds since the attempt started; null where nobody counted.</summary>
    public double? Elapsed
    {
        get => double.IsNaN(_elapsed) ? null : _elapsed;
        init => _elapsed = value ?? double.NaN;
    }

    /// <summary>One metric.</summary>
    /// <param name="metric">The name of the metric.</param>
    /// <param name="value">A finite value.</param>
    /// <param name="resource">The resource spent by the trial so far, or null.</param>
    public static Measurement Of(string metric, double value, double? resource = null) =>
        new(new MetricValues(metric, value)) { Resource = resource };
}
