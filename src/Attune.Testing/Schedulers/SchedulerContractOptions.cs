namespace Attune.Testing;

/// <summary>What a scheduler claims beyond what every scheduler must keep.</summary>
public sealed record SchedulerContractOptions
{
    /// <summary>Whether it refuses problems without a fidelity; no by default.</summary>
    public bool NeedsFidelity { get; init; }

    /// <summary>A trial is promoted only while it is among the best one of so many of its rung; null (the default) where that is not
    /// claimed.</summary>
    public double? ReductionFactor { get; init; }

    /// <summary>The most resource that it gives a trial; null (the default) for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }
}
