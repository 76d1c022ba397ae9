using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>A scheduler that compares trials at fixed resources, the rungs of one or more brackets.</summary>
public interface IRungScheduler : IScheduler
{
    /// <summary>The rungs of all brackets that still matter, by bracket and rung, as observed so far.</summary>
    IReadOnlyList<RungSummary> Rungs { get; }
}
