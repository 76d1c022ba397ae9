using Attune.Events;

namespace Attune.Histories;

/// <summary>
/// A study as the journal tells it up to a position: read-only, made by the <see cref="HistoryFold"/> alone. A live history changes with
/// every event and may be read only where it was handed out; <see cref="HistoryFold.Snapshot"/> gives one that stays.
/// </summary>
public sealed class History
{
    private StudyDefinition? _definition;

    internal History()
    {
    }

    /// <summary>A copy that stays as it is.</summary>
    /// <param name="other">A history, perhaps a live one; it must not change meanwhile.</param>
    public History(History other)
    {
        (Position, _definition, Problem, Budget, SpaceRevision, Sampler) =
            (other.Position, other._definition, other.Problem, other.Budget, other.SpaceRevision, other.Sampler);
        Table = other.Table.Freeze();
        (RunningSet, PausedSet, ReservedSet, RetrySet) = (
            other.RunningSet.Copy(), other.PausedSet.Copy(), other.ReservedSet.Copy(), other.RetrySet.Copy());
        QueueList = [.. other.QueueList];
        FrontList = [.. other.FrontList];
        FrontTrials = [.. other.FrontTrials];
        WriterTable = new(other.WriterTable, StringComparer.Ordinal);
        ProgramTable = new(other.ProgramTable);
        FinalTable = new(other.FinalTable);
        DeclaredBudget = other.DeclaredBudget;
        Array.Copy(other.StateCounts, StateCounts, StateCounts.Length);
        (FinishedCount, SamplerIndex, ConsecutiveFailures, FinishedWithoutImprovement) =
            (other.FinishedCount, other.SamplerIndex, other.ConsecutiveFailures, other.FinishedWithoutImprovement);
        (ResourceSpent, CostSpent, Alive, CoveredUntil) = (other.ResourceSpent, other.CostSpent, other.Alive, other.CoveredUntil);
        (IsStopRequested, IsCancelRequested, IsExhausted) = (other.IsStopRequested, other.IsCancelRequested, other.IsExhausted);
        (CreatedAt, UpdatedAt) = (other.CreatedAt, other.UpdatedAt);
        (Recommendation, RecommendedAfter) = (other.Recommendation, other.RecommendedAfter);
    }

    /// <summary>The position of the last event that is part of it; 0 for an empty journal.</summary>
    public long Position { get; internal set; }

    /// <summary>What the study was created with.</summary>
    /// <exception cref="InvalidOperationException">The journal is empty.</exception>
    public StudyDefinition Definition
    {
        get => _definition ?? throw new InvalidOperationException("The journal is empty: the study has not been created.");
        internal set => _definition = value;
    }

    /// <summary>The problem with the current revision of its space.</summary>
    public Problem Problem { get; internal set; } = null!;

    /// <summary>The seed of the study.</summary>
    public ulong Seed => Definition.Seed;

    /// <summary>The budget as last changed.</summary>
    public Budget Budget { get; internal set; } = Budget.Unlimited;

    /// <summary>The budget that the study's definition named last, whatever it was changed to beside it.</summary>
    public Budget DeclaredBudget { get; internal set; } = Budget.Unlimited;

    /// <summary>The sampler that proposes now.</summary>
    public MethodDescriptor Sampler { get; internal set; } = null!;

    /// <summary>How often the space was revised.</summary>
    public int SpaceRevision { get; internal set; }

    /// <summary>All trials by number.</summary>
    public TrialTable Trials => Table;

    /// <summary>Trials that a worker has, reserved ones not included, in order of number.</summary>
    public NumberSet Running => RunningSet;

    /// <summary>Paused trials, in order of number.</summary>
    public NumberSet Paused => PausedSet;

    /// <summary>Numbers that are reserved but have no configuration yet, in order.</summary>
    public NumberSet Reserved => ReservedSet;

    /// <summary>Lost and failed trials that are to run again, in order of number.</summary>
    public NumberSet AwaitingRetry => RetrySet;

    /// <summary>Configurations that wait to be tried, in order of arrival.</summary>
    public IReadOnlyList<QueuedConfiguration> Queue => QueueList;

    /// <summary>
    /// Feasible trials at rest that no other dominates, in the order in which they came to rest; for one objective the first best alone.
    /// Completed trials count, and those that were stopped or are paused, unless an objective is a mean over instances or has no value
    /// below full fidelity. With several objectives, when a trial of the front goes on, the others are compared anew, by number.
    /// Numbers of trials.
    /// </summary>
    public IReadOnlyList<int> Front => FrontList;

    /// <summary>
    /// The trial of <see cref="Front"/> of a single-objective problem, ties going to the earlier; null when there is none or there are
    /// several objectives.
    /// </summary>
    public Trial? Best => Problem.IsSingleObjective && FrontTrials.Count > 0 ? FrontTrials[0] : null;

    /// <summary>The number of trials that have reached their final outcome.</summary>
    public int FinishedCount { get; internal set; }

    /// <summary>The sampler's next own index.</summary>
    public long SamplerIndex { get; internal set; }

    /// <summary>How many trials have finally failed since the last one that did not; cancelled ones do not count.</summary>
    public int ConsecutiveFailures { get; internal set; }

    /// <summary>
    /// How many trials have finished since the best (for several objectives: the front) last improved; cancelled ones do not count.
    /// </summary>
    public int FinishedWithoutImprovement { get; internal set; }

    /// <summary>Resource paid for by all trials in all attempts, in units of the first fidelity.</summary>
    public double ResourceSpent { get; internal set; }

    /// <summary>Cost paid by all trials in all attempts.</summary>
    public double CostSpent { get; internal set; }

    /// <summary>The union of the intervals in which a writer was alive, as far as events tell.</summary>
    public TimeSpan Alive { get; internal set; }

    /// <summary>Whether a user asked that nothing more be started.</summary>
    public bool IsStopRequested { get; internal set; }

    /// <summary>Whether a user asked that running trials be ended.</summary>
    public bool IsCancelRequested { get; internal set; }

    /// <summary>Whether the sampler has nothing more to propose.</summary>
    public bool IsExhausted { get; internal set; }

    /// <summary>The last recommendation; null for none.</summary>
    public Recommended? Recommendation { get; internal set; }

    /// <summary>Whether no trial has finished since the last recommendation; false when there is none.</summary>
    public bool IsRecommendationCurrent => Recommendation is not null && RecommendedAfter == FinishedCount;

    /// <summary>How many trials had finished at the last recommendation.</summary>
    internal int RecommendedAfter { get; set; }

    /// <summary>When the study was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>The time of the last event (UTC).</summary>
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>Writers by name.</summary>
    public IReadOnlyDictionary<string, WriterRecord> Writers => WriterTable;

    /// <summary>The programs that may still exist, by trial: launched and not known to have ended.</summary>
    public IReadOnlyDictionary<int, Launched> Programs => ProgramTable;

    /// <summary>
    /// The last final evaluation of each trial that has one, by trial: beside the search, so that samplers and schedulers must not read
    /// them.
    /// </summary>
    public IReadOnlyDictionary<int, FinalEvaluated> Finals => FinalTable;

    internal TrialTable Table { get; } = new();

    internal NumberSet RunningSet { get; } = new();

    internal NumberSet PausedSet { get; } = new();

    internal NumberSet ReservedSet { get; } = new();

    internal NumberSet RetrySet { get; } = new();

    internal List<QueuedConfiguration> QueueList { get; } = [];

    internal List<int> FrontList { get; } = [];

    /// <summary>The trials of <see cref="FrontList"/>, each of which every finished trial is compared with.</summary>
    internal List<Trial> FrontTrials { get; } = [];

    internal Dictionary<string, WriterRecord> WriterTable { get; } = new(StringComparer.Ordinal);

    internal Dictionary<int, Launched> ProgramTable { get; } = [];

    internal Dictionary<int, FinalEvaluated> FinalTable { get; } = [];

    internal int[] StateCounts { get; } = new int[Enum.GetValues<TrialState>().Length];

    /// <summary>The latest moment that <see cref="Alive"/> has counted (UTC).</summary>
    public DateTimeOffset CoveredUntil { get; internal set; }

    /// <summary>How many trials are in a state.</summary>
    /// <param name="state">The state.</param>
    public int CountOf(TrialState state) => StateCounts[(int)state];

    /// <summary>Whether every objective that names a target has reached it in one feasible trial; false when none names one.</summary>
    public bool IsTargetReached()
    {
        if (Problem.Objectives.All(objective => objective.Target is null))
            return false;
        foreach (var trial in FrontTrials)
        {
            var losses = trial.Losses;
            var reached = true;
            for (var i = 0; i < losses.Length && reached; i++)
                reached = Problem.Objectives[i].Target is not { } target || losses[i] <= Problem.Objectives[i].Orient(target);
            if (reached)
                return true;
        }

        return false;
    }
}
