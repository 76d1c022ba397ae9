namespace Attune.Testing;

/// <summary>What happens in a simulated study. Rates are probabilities from 0 to 1.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many workers run at a time, at least 1.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>How many trials are proposed in all, at least 1.</summary>
    public int Trials { get; init; } = 30;

    /// <summary>How often a run's worker disappears; the trial runs again while its attempts last.</summary>
    public double LossRate { get; init; } = 0.1;

    /// <summary>How often a run's worker gives it back in an orderly way; the trial goes on later as the same attempt.</summary>
    public double InterruptionRate { get; init; } = 0.05;

    /// <summary>How often a run fails by itself.</summary>
    public double FailureRate { get; init; } = 0.1;

    /// <summary>How often a proposer disappears between reserving a number and proposing its configuration.</summary>
    public double ProposerLossRate { get; init; } = 0.05;

    /// <summary>How often a run takes ten times as long, so that its measurements arrive late.</summary>
    public double LateRate { get; init; } = 0.1;

    /// <summary>How often a user enqueues a random configuration before a proposal.</summary>
    public double EnqueueRate { get; init; } = 0.1;

    /// <summary>After how many trials the space is revised; null for never.</summary>
    public int? ReviseAfter { get; init; }

    /// <summary>The revised space, given the present one.</summary>
    public Func<SearchSpace, SearchSpace> Revise { get; init; } = space => space;

    /// <summary>How often a trial runs when its worker is lost or it fails.</summary>
    public RetryPolicy Retries { get; init; } = new(LostAttempts: 3, FailedAttempts: 2);

    /// <summary>Nothing goes wrong and nobody interferes: one worker, one trial after the other.</summary>
    public static SimulationOptions Quiet { get; } = new()
    {
        Workers = 1, LossRate = 0, InterruptionRate = 0, FailureRate = 0, ProposerLossRate = 0, LateRate = 0, EnqueueRate = 0,
    };
}
