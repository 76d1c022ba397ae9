using Attune.Scheduling;

namespace Attune.Execution;

/// <summary>Takes what a running trial says. Everything is in the journal when a call returns.</summary>
public interface IMeasurementSink
{
    /// <summary>Takes a measurement and says what becomes of the trial.</summary>
    /// <param name="measurement">Finite metrics at a resource.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended.</exception>
    ValueTask<TrialDecision> ReportAsync(Measurement measurement, CancellationToken cancellationToken);

    /// <summary>Takes note of a checkpoint.</summary>
    /// <param name="checkpoint">Where it is, as the program understands it.</param>
    /// <param name="resource">The resource that it stands for; null when unknown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended.</exception>
    ValueTask SaveCheckpointAsync(string checkpoint, double? resource, CancellationToken cancellationToken);

    /// <summary>Takes note of a program before it runs.</summary>
    /// <param name="host">The machine, including its boot.</param>
    /// <param name="processId">The process number.</param>
    /// <param name="processStart">When it started, in the host's own units.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended.</exception>
    ValueTask LaunchedAsync(string host, int processId, long processStart, CancellationToken cancellationToken);
}
