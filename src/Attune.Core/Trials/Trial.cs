using System.Collections.Immutable;
using Attune.Scheduling;

namespace Attune;

/// <summary>An immutable record of a trial as the journal tells it at some position.</summary>
public sealed partial record Trial
{
    // A study may hold a million of these: what is mostly absent is packed.
    private readonly long _reservedTicks;
    private readonly long _startedTicks;
    private readonly long _finishedTicks;
    private readonly double _target = double.NaN;
    private readonly byte _origin;
    private readonly byte _state;
    private readonly byte _decision;
    private readonly Rarities _rarities = Rarities.None;

    /// <summary>The number, from 0, in order of reservation.</summary>
    public required int Number { get; init; }

    /// <summary>The configuration, as proposed; null while the number is only reserved.</summary>
    public Configuration? Configuration { get; init; }

    /// <summary>The revision of the space that the configuration was proposed in, from 0.</summary>
    public int SpaceRevision { get; init; }

    /// <summary>Where the configuration comes from.</summary>
    public TrialOrigin Origin
    {
        get => (TrialOrigin)_origin;
        init => _origin = (byte)value;
    }

    /// <summary>The sampler's own index of the proposal, from 0 without holes; −1 for other origins.</summary>
    public long SamplerIndex { get; init; } = -1;

    /// <summary>The position of the enqueuing event, for enqueued trials.</summary>
    public long? QueuePosition
    {
        get => _rarities.QueuePosition;
        init => _rarities = _rarities with { QueuePosition = value };
    }

    /// <summary>The trial that this one was derived from.</summary>
    public int? Parent
    {
        get => _rarities.Parent;
        init => _rarities = _rarities with { Parent = value };
    }

    /// <summary>What the sampler left behind for later, as JSON; null for nothing.</summary>
    public string? Annotation { get; init; }

    /// <summary>Where it stands.</summary>
    public TrialState State
    {
        get => (TrialState)_state;
        init => _state = (byte)value;
    }

    /// <summary>What the scheduler decided about the present run; whoever runs it obeys.</summary>
    public TrialDecision Decision
    {
        get => (TrialDecision)_decision;
        init => _decision = (byte)value;
    }

    /// <summary>Whether a lost or failed trial will run again.</summary>
    public bool WillRetry { get; init; }

    /// <summary>Whether its worker gave it back in an orderly way before the end; its next run is the same attempt.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Why it failed or was lost last; null when it did not.</summary>
    public Failure? Failure
    {
        get => _rarities.Failure;
        init => _rarities = _rarities with { Failure = value };
    }

    /// <summary>The attempt, from 1; it grows when a lost or failed trial runs again, not when a paused one goes on.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The fencing token: it grows whenever the trial is given to somebody. Reports with an older token are refused.</summary>
    public int Token { get; init; }

    /// <summary>The name of the worker that has it or had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>The resource up to which it is to run, in units of the first fidelity; null for the whole.</summary>
    public double? Target
    {
        get => double.IsNaN(_target) ? null : _target;
        init => _target = value ?? double.NaN;
    }

    /// <summary>The bracket and rung that the scheduler put it in; null for none.</summary>
    public ScheduleStep? Step { get; init; }

    /// <summary>
    /// The measurements that count: those of lost attempts beyond the checkpoint are withdrawn when the trial runs again.
    /// </summary>
    public MeasurementList Measurements { get; init; } = MeasurementList.Empty;

    /// <summary>The objectives reduced from the measurements, minimised, one for each objective; empty while one is missing.</summary>
    public ImmutableArray<double> Losses
    {
        get => HasMissingLoss() ? [] : Reduced;
        init => Reduced = value;
    }

    /// <summary>
    /// The objectives reduced from the measurements, minimised, NaN for each that is missing; empty before the first measurement.
    /// </summary>
    internal ImmutableArray<double> Reduced { get; init; } = [];

    /// <summary>
    /// How far each outcome constraint is violated (positive) or kept (zero or negative), NaN while its metric is missing; empty without
    /// constraints and before the first measurement.
    /// </summary>
    public ImmutableArray<double> Violations { get; init; } = [];

    /// <summary>Where the trial left what it needs to go on; null for nothing.</summary>
    public string? Checkpoint
    {
        get => _rarities.Checkpoint;
        init => _rarities = _rarities with { Checkpoint = value };
    }

    /// <summary>The resource that the checkpoint stands for.</summary>
    public double? CheckpointResource
    {
        get => _rarities.CheckpointResource;
        init => _rarities = _rarities with { CheckpointResource = value };
    }

    /// <summary>Resource paid for in all attempts, in units of the first fidelity.</summary>
    public double ResourceSpent
    {
        get => Spending.Resource;
        init => Spending = Spending with { Resource = value };
    }

    /// <summary>Cost paid in all attempts so far: what the cost metric told, or the seconds between the trial's events.</summary>
    public double CostSpent
    {
        get => Spending.Cost;
        init => Spending = Spending with { Cost = value };
    }

    /// <summary>What was paid for, with what of it the current run has counted.</summary>
    internal Spending Spending { get; init; }

    /// <summary>When its number was reserved (UTC).</summary>
    public DateTimeOffset ReservedAt
    {
        get => new(_reservedTicks, TimeSpan.Zero);
        init => _reservedTicks = value.UtcTicks;
    }

    /// <summary>When it started last (UTC).</summary>
    public DateTimeOffset? StartedAt
    {
        get => Moment(_startedTicks);
        init => _startedTicks = value?.UtcTicks ?? 0;
    }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? FinishedAt
    {
        get => Moment(_finishedTicks);
        init => _finishedTicks = value?.UtcTicks ?? 0;
    }

    internal bool HasRarities => _rarities != Rarities.None;

    /// <summary>Whether it has reached its one final outcome.</summary>
    public bool IsFinished => State switch
    {
        TrialState.Completed or TrialState.Stopped => true,
        TrialState.Failed or TrialState.Lost => !WillRetry,
        _ => false,
    };

    /// <summary>Whether every objective has a value and every outcome constraint is known to be kept.</summary>
    public bool IsFeasible => Losses.Length > 0 && Violations.All(violation => violation <= 0);

    /// <summary>The largest resource measured so far; null when nothing was measured at a resource.</summary>
    public double? Resource
    {
        get
        {
            double? largest = null;
            for (var i = Measurements.Count - 1; i >= 0; i--)
            {
                if (Measurements[i].Resource is { } resource && !(resource <= largest))
                    largest = resource;
            }

            return largest;
        }
    }

    /// <summary>The objective values in their own directions; empty while one is missing.</summary>
    /// <param name="problem">The problem that the trial belongs to.</param>
    public ImmutableArray<double> Values(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Losses.IsEmpty ? [] : [.. Losses.Select((loss, i) => problem.Objectives[i].Orient(loss))];
    }

    private bool HasMissingLoss()
    {
        foreach (var loss in Reduced)
        {
            if (double.IsNaN(loss))
                return true;
        }

        return false;
    }

    private static DateTimeOffset? Moment(long ticks) => ticks == 0 ? null : new(ticks, TimeSpan.Zero);

    /// <summary>What most trials lack: they share one empty object.</summary>
    private sealed record Rarities
    {
        internal static readonly Rarities None = new();

        internal long? QueuePosition { get; init; }

        internal int? Parent { get; init; }

        internal Failure? Failure { get; init; }

        internal string? Checkpoint { get; init; }

        internal double? CheckpointResource { get; init; }
    }
}
