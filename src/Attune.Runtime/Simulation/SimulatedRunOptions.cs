using Attune.Events;
using Attune.Execution;
using Attune.Histories;

namespace Attune.Simulation;

/// <summary>How a study is simulated.</summary>
public sealed record SimulatedRunOptions
{
    /// <summary>How many workers there are, from 1, the default, to <see cref="RunOptions.MaximumParallelism"/>.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What goes wrong; nothing by default.</summary>
    public SimulatedFaults Faults { get; init; } = SimulatedFaults.None;

    /// <summary>The seed of what goes wrong; 0 by default. The study has its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Whether everything ends at the moment at which the resource, the cost or the time of the budget is spent: what runs is interrupted
    /// there, and a measurement that would take the resource or the cost above the budget is not made. Yes by default; otherwise what runs
    /// runs on to its end, as in <see cref="Study.RunAsync"/>.
    /// </summary>
    public bool CutsAtBudget { get; init; } = true;

    /// <summary>Measures how long the study thinks; null, the default, when nobody asks. With a clock of the machine what depends on it is
    /// not reproducible.</summary>
    public TimeProvider? ThinkingClock { get; init; }

    /// <summary>
    /// Whether the time that sampler and scheduler take by the <see cref="ThinkingClock"/> passes in the simulation too; no by default. One
    /// worker is served after the other.
    /// </summary>
    public bool CountsThinking { get; init; }

    /// <summary>Called whenever a worker was given something to run, with the time that the study took to answer it (zero without a
    /// <see cref="ThinkingClock"/>).</summary>
    public Action<Assignment, TimeSpan>? OnAssigned { get; init; }

    /// <summary>
    /// Called and awaited whenever a run has reported or ended, before anybody is asked again: the study may be asked for a recommendation
    /// or a snapshot there, at the simulated time of that moment. What it throws ends the simulation.
    /// </summary>
    public Func<SimulatedArrival, ValueTask>? OnArrived { get; init; }

    /// <summary>As <see cref="RunOptions.OnTrialFinished"/>.</summary>
    public Action<Trial, History>? OnTrialFinished { get; init; }

    /// <summary>As <see cref="RunOptions.OnEvent"/>.</summary>
    public Action<JournalEvent, History>? OnEvent { get; init; }

    /// <summary>Refuses what is not possible before anything is written.</summary>
    /// <exception cref="ArgumentException">An option is not possible.</exception>
    internal void Check()
    {
        RunOptions.CheckParallelism(Workers, nameof(Workers));
        Faults.Check();
        if (CountsThinking && ThinkingClock is null)
            throw new ArgumentException("To count thinking, give a clock that measures it.", nameof(ThinkingClock));
    }
}
