using Attune.Histories;

namespace Attune;

/// <summary>How a study is run.</summary>
public sealed record RunOptions
{
    /// <summary>The most trials that one study object runs at a time: 10,000.</summary>
    public const int MaximumParallelism = 10_000;

    /// <summary>How many trials run at a time, from 1 to <see cref="MaximumParallelism"/>; 1 by default.</summary>
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

    /// <summary>Refuses a number of trials at a time that makes no sense.</summary>
    /// <param name="parallelism">The number.</param>
    /// <param name="name">The name of the parameter that it came by.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 1 to <see cref="MaximumParallelism"/>.</exception>
    public static void CheckParallelism(int parallelism, string name)
    {
        if (parallelism is < 1 or > MaximumParallelism)
        {
            throw new ArgumentOutOfRangeException(
                name, parallelism, FormattableString.Invariant($"From 1 to {MaximumParallelism} trials run at a time, not {parallelism}."));
        }
    }
}
