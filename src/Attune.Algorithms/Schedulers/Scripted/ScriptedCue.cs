using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>What happens to a trial, and when.</summary>
public sealed record ScriptedCue
{
    /// <summary>The number of the trial, from 0.</summary>
    public required int Trial { get; init; }

    /// <summary>The resource at or above which a measurement gives the cue; null for the next measurement.</summary>
    public double? Resource { get; init; }

    /// <summary>Pause or stop.</summary>
    public required TrialDecision Decision { get; init; }
}
