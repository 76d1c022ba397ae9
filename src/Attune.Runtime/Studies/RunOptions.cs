using Attune.Histories;

namespace Attune;

/// <summary>How a study is run.</summary>
public sealed record RunOptions
{
    /// <summary>How many trials run at a time, at least 1; 1 by default.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>
    /// Called after every trial that reached its final outcome in this or another process, in journal order. It must be quick;
    /// what it throws ends the run. The history may already hold later events of the same write.
    /// </summary>
    public Action<Trial, History>? OnTrialFinished { get; init; }

    /// <summary>
    /// Called after every event that is written, in journal order. It must be quick; what it throws ends the run. The history
    /// may already hold later events of the same write.
    /// </summary>
    public Action<Events.JournalEvent, History>? OnEvent { get; init; }
}
