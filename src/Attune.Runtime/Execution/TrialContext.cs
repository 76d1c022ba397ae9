using Attune.Scheduling;

namespace Attune.Execution;

/// <summary>What an objective sees of the trial that it evaluates.</summary>
/// <param name="assignment">What to run.</param>
/// <param name="sink">Takes measurements.</param>
/// <param name="cancellationToken">Cancelled when the trial is to be interrupted.</param>
public sealed class TrialContext(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken)
{
    /// <summary>What to run.</summary>
    public Assignment Assignment { get; } = assignment;

    /// <summary>The number of the trial.</summary>
    public int Number => Assignment.Trial;

    /// <summary>What to evaluate.</summary>
    public Configuration Configuration => Assignment.Configuration;

    /// <summary>A seed for the evaluation, from 0 to 2^31 − 1; the same for every attempt.</summary>
    public int Seed => Assignment.Seed;

    /// <summary>
    /// The resource up to which to run, in units of the first fidelity: its upper end unless the scheduler wants less; null where the
    /// problem has no fidelity.
    /// </summary>
    public double? Resource => Assignment.Resource;

    /// <summary>Cancelled when the trial is to be interrupted.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the scheduler last said.</summary>
    public TrialDecision Decision { get; private set; }

    /// <summary>Reports one metric. Whoever is told to pause or stop returns soon.</summary>
    /// <param name="metric">The name of the metric.</param>
    /// <param name="value">A finite value.</param>
    /// <param name="resource">The resource spent so far; null where there is none.</param>
    /// <returns>What becomes of the trial.</returns>
    public ValueTask<TrialDecision> ReportAsync(string metric, double value, double? resource = null) =>
        ReportAsync(Measurement.Of(metric, value, resource));

    /// <summary>Reports a measurement. Whoever is told to pause or stop returns soon.</summary>
    /// <param name="measurement">Finite metrics at a resource.</param>
    /// <returns>What becomes of the trial.</returns>
    public async ValueTask<TrialDecision> ReportAsync(Measurement measurement) =>
        Decision = await sink.ReportAsync(measurement, CancellationToken).ConfigureAwait(false);

    /// <summary>Notes where the trial left what it needs to go on.</summary>
    /// <param name="checkpoint">Where it is, as the objective understands it.</param>
    /// <param name="resource">The resource that it stands for; null when unknown.</param>
    public ValueTask SaveCheckpointAsync(string checkpoint, double? resource = null) =>
        sink.SaveCheckpointAsync(checkpoint, resource, CancellationToken);
}
