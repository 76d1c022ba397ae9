using System.Collections.Immutable;

namespace Attune.Sqlite;

/// <summary>Which trials of a study to read, and in which order.</summary>
public sealed record TrialQuery
{
    /// <summary>All trials by number; numbers that are only reserved are left out.</summary>
    public static TrialQuery All { get; } = new();

    /// <summary>The best feasible completed trials by the first objective, ties in order of completion.</summary>
    public static TrialQuery Best { get; } = new() { States = [TrialState.Completed], IsFeasible = true, Order = TrialOrder.Loss };

    /// <summary>
    /// The best feasible trials by the first objective, ties in the order in which they came to rest: completed ones and, unless an
    /// objective is a mean over instances, those that were stopped or are paused.
    /// </summary>
    /// <param name="problem">The problem of the study.</param>
    public static TrialQuery BestOf(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Objectives.Any(objective => objective.Reduction == Reduction.MeanOverInstances)
            ? Best
            : Best with { States = [TrialState.Completed, TrialState.Stopped, TrialState.Paused] };
    }

    /// <summary>Only trials in these states; empty for every state but reserved. Empty by default.</summary>
    public ImmutableArray<TrialState> States { get; init; } = [];

    /// <summary>Only feasible trials, or only others; null for both. Null by default.</summary>
    public bool? IsFeasible { get; init; }

    /// <summary>The order; by number by default.</summary>
    public TrialOrder Order { get; init; } = TrialOrder.Number;

    /// <summary>Whether the order is turned round; no by default.</summary>
    public bool IsDescending { get; init; }

    /// <summary>How many to pass over; 0 by default.</summary>
    public int Offset { get; init; }

    /// <summary>How many at most; null for all. Null by default.</summary>
    public int? Limit { get; init; }

    internal void Check()
    {
        if (!Enum.IsDefined(Order))
            throw new ArgumentException($"Order is {Order}; allowed are Number, Loss and Change.", nameof(Order));
        if (Offset < 0)
            throw new ArgumentException($"Offset is {Offset}; it must not be negative.", nameof(Offset));
        if (Limit < 0)
            throw new ArgumentException($"Limit is {Limit}; it must not be negative.", nameof(Limit));
    }
}
