namespace Attune.Simulation;

/// <summary>What a simulated trial does next: it works for a while, then reports.</summary>
/// <param name="Seconds">How long it works, from 0 to <see cref="MostSeconds"/>.</param>
/// <param name="Measurement">What it reports then; null when it only works. Where the problem has a fidelity, a measurement without a
/// resource stands for the resource up to which the trial was to run.</param>
public readonly record struct SimulatedStep(double Seconds, Measurement? Measurement = null)
{
    /// <summary>The longest step: ten thousand million seconds.</summary>
    public const double MostSeconds = 1e10;

    /// <summary>Whether it saves a checkpoint after its report: what happens to the run later costs it only what came after. It counts
    /// where the fidelity is resumable and the measurement has a resource.</summary>
    public bool SavesCheckpoint { get; init; }

    /// <summary>A step that reports one metric.</summary>
    /// <param name="seconds">How long it works.</param>
    /// <param name="metric">The name of the metric.</param>
    /// <param name="value">A finite value.</param>
    /// <param name="resource">The resource spent by the trial so far, or null.</param>
    public static SimulatedStep Of(double seconds, string metric, double value, double? resource = null) =>
        new(seconds, Measurement.Of(metric, value, resource));
}
