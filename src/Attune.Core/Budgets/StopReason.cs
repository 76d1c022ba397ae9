namespace Attune;

/// <summary>Why a study proposes nothing more.</summary>
public enum StopReason
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The number of trials is reached.</summary>
    Trials,

    /// <summary>The wall-clock time is used up.</summary>
    WallClock,

    /// <summary>The resource is used up.</summary>
    Resource,

    /// <summary>The cost is used up.</summary>
    Cost,

    /// <summary>The target is reached.</summary>
    Target,

    /// <summary>Too many trials failed in a row.</summary>
    ConsecutiveFailures,

    /// <summary>The best did not improve for long enough.</summary>
    NoImprovement,

    /// <summary>The sampler has nothing more to propose, such as a grid that is done.</summary>
    Exhausted,

    /// <summary>The scheduler says that it is finished.</summary>
    Scheduler,

    /// <summary>A user asked for it.</summary>
    Requested,
}
