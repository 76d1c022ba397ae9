using System.Collections.Immutable;
using Attune.Histories;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Successive halving (K. Jamieson, A. Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, AISTATS 2016) in
/// one bracket after the other, or in Hyperband's brackets in turn (L. Li et al., JMLR 18, 2018, Algorithm 1).
/// </summary>
/// <remarks>
/// A worker for which the open brackets have nothing to do begins the next bracket: nobody waits for a slow, lost or failed trial while the
/// budget lets trials begin. A trial whose worker is lost for good counts as the worst, so that its rung can be decided. When no new trial
/// may begin, open brackets make do with the trials that they have.
/// </remarks>
internal sealed class HyperbandScheduler : PausingScheduler
{
    private readonly Problem _problem;
    private readonly double _eta;
    private readonly (ImmutableArray<double> Levels, int Trials)[] _kinds;
    private readonly List<HyperbandBracket> _brackets = [];

    // Those that are not over; of these the ones in which more trials may begin, and the ones that have something to do.
    private readonly SortedSet<int> _active = [];
    private readonly SortedSet<int> _open = [];
    private readonly SortedSet<int> _ready = [];

    private HyperbandScheduler(
        MethodDescriptor descriptor, Problem problem, double eta, bool endsEarly, (ImmutableArray<double> Levels, int Trials)[] kinds)
        : base(descriptor, endsEarly) => (_problem, _eta, _kinds) = (problem, eta, kinds);

    /// <summary>How registries know Hyperband: <c>hyperband</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "hyperband", 1, "Successive halving in brackets that begin with ever fewer trials and more resource.",
        HyperbandJson.Default.HyperbandOptions, [RungOptions.Eta, RungOptions.LeastResource, RungOptions.MaxResource],
        (descriptor, options, context) => Create(descriptor, options.Eta, options.MinResource, options.MaxResource, context,
            levels => [.. Enumerable.Range(0, levels.Length).Select(
                skipped => (levels[skipped..], HyperbandTable.Trials(levels.Length, levels.Length - skipped - 1, options.Eta)))]));

    /// <summary>How registries know successive halving: <c>successive-halving</c>.</summary>
    public static SchedulerRegistration SuccessiveHalving { get; } = SchedulerRegistration.Create(
        "successive-halving", 1, "Many trials get little; when all have got it, the best go on, until few have got all.",
        SuccessiveHalvingJson.Default.SuccessiveHalvingOptions,
        [
            MethodOption.Integer(
                "trials", "How many trials a bracket begins with; by default as many as leave one in the last rung.", 1, 10_000_000),
            RungOptions.Eta,
            RungOptions.LeastResource,
            RungOptions.MaxResource,
        ],
        (descriptor, options, context) => Create(descriptor, options.Eta, options.MinResource, options.MaxResource, context,
            levels => [(levels, options.Trials ?? HyperbandTable.Power(levels.Length - 1, options.Eta))]));

    /// <inheritdoc/>
    public override IReadOnlyList<RungSummary> Rungs => [.. _active.SelectMany(index => _brackets[index].Summaries(index))];

    /// <inheritdoc/>
    protected override IReadOnlyList<int> Active => _ready.Count == 0 ? [] : [_ready.Min];

    /// <inheritdoc/>
    protected override RungBracket BracketAt(int index) => _brackets[index];

    /// <inheritdoc/>
    protected override double FirstLevel(int index) => KindOf(index).Levels[0];

    /// <inheritdoc/>
    protected override int NextBracket() => _brackets.Count;

    /// <inheritdoc/>
    protected override bool TakesMore(int index) => _brackets[index].TakesMore;

    /// <inheritdoc/>
    protected override int Begin(ScheduleStep? step)
    {
        var index = step?.Bracket ?? (_open.Count > 0 ? _open.Min : -1);
        if (index < 0 || index >= _brackets.Count || !_brackets[index].TakesMore)
        {
            index = _brackets.Count;
            var (levels, trials) = KindOf(index);
            _brackets.Add(new(_problem, levels, _eta, trials));
            _active.Add(index);
            _open.Add(index);
        }

        _brackets[index].Begin();
        return index;
    }

    /// <inheritdoc/>
    protected override void Fail(ref TrialPlace place, int trial, bool isWorst, History history) =>
        base.Fail(ref place, trial, isWorst: true, history);

    /// <inheritdoc/>
    protected override void AfterEvent(int? bracket, History history)
    {
        if (bracket is { } changed)
            Sort(changed);
        if (_open.Count == 0 || Beginnings.AreAllowed(history))
            return;
        foreach (var index in _open.ToArray())
        {
            _brackets[index].Seal();
            Settle(_brackets[index], history);
            Sort(index);
        }
    }

    private void Sort(int index)
    {
        var bracket = _brackets[index];
        if (bracket.IsOver)
            _active.Remove(index);
        if (!bracket.TakesMore)
            _open.Remove(index);
        if (bracket.TakesMore || bracket.Pick(out _) >= 0)
            _ready.Add(index);
        else
            _ready.Remove(index);
    }

    private static HyperbandScheduler Create(
        MethodDescriptor descriptor, double eta, double? least, double? most, MethodContext context,
        Func<ImmutableArray<double>, (ImmutableArray<double> Levels, int Trials)[]> kinds)
    {
        var (fidelity, low, high) = RungLevels.Check(descriptor, context.Problem, least, most);
        return new(descriptor, context.Problem, eta, high < fidelity.High, kinds(RungLevels.Down(fidelity, eta, low, high)));
    }

    private (ImmutableArray<double> Levels, int Trials) KindOf(int index) => _kinds[index % _kinds.Length];
}
