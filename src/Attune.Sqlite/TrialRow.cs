namespace Attune.Sqlite;

/// <summary>A trial as a store keeps it beside the journal for queries; it always equals what the journal tells.</summary>
public sealed record TrialRow
{
    /// <summary>The number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The position of the last event that happened to it; among completed trials this is the order of completion.</summary>
    public required long Position { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrialState State { get; init; }

    /// <summary>Whether a lost or failed trial will run again.</summary>
    public bool WillRetry { get; init; }

    /// <summary>Where the configuration comes from.</summary>
    public TrialOrigin Origin { get; init; }

    /// <summary>The revision of the space, from 0.</summary>
    public int SpaceRevision { get; init; }

    /// <summary>The configuration as a JSON object; null while the number is only reserved.</summary>
    public string? Configuration { get; init; }

    /// <summary>The objective values in their own directions, by metric, as a JSON object; null while one is missing.</summary>
    public string? Values { get; init; }

    /// <summary>The last value of every metric that was reported, as a JSON object.</summary>
    public string Metrics { get; init; } = "{}";

    /// <summary>The losses (minimised) as a JSON array; null while one is missing.</summary>
    public string? Losses { get; init; }

    /// <summary>The value of the first objective in its own direction; null while it is missing.</summary>
    public double? Value { get; init; }

    /// <summary>The loss of the first objective; null while it is missing.</summary>
    public double? Loss { get; init; }

    /// <summary>Whether every objective has a value and every outcome constraint is known to be kept.</summary>
    public bool IsFeasible { get; init; }

    /// <summary>The resource of the last measurement; null for none.</summary>
    public double? Resource { get; init; }

    /// <summary>The resource up to which it is to run; null for the whole.</summary>
    public double? Target { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The worker that has it or had it last; null for none.</summary>
    public string? Worker { get; init; }

    /// <summary>Why it failed or was lost last; null when it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Where it left what it needs to go on; null for nothing.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>What the sampler left with its proposal, as JSON; null for nothing.</summary>
    public string? Annotation { get; init; }

    /// <summary>Resource paid for in all attempts, in units of the first fidelity.</summary>
    public double ResourceSpent { get; init; }

    /// <summary>Cost paid in all attempts, in units of the cost metric, or in seconds.</summary>
    public double CostSpent { get; init; }

    /// <summary>When its number was reserved (UTC).</summary>
    public DateTimeOffset ReservedAt { get; init; }

    /// <summary>When it started last (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>From its last start to its end; null before.</summary>
    public TimeSpan? Duration => FinishedAt - StartedAt;
}
