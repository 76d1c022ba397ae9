using Attune.Events;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What Parzen estimators need to know of the trials, kept up to date event by event: the places of each, which ones have something to
/// tell, and their order. It depends on the journal alone.
/// </summary>
/// <remarks>
/// A trial has something to tell when it is completed, stopped or paused with a value for every objective, or has finally failed or been
/// lost. Feasible trials come before those that violate constraints, these by the total of their violations (of several constraints each
/// is taken relative to the largest violation seen, rounded up to a power of two), and failed ones last.
/// </remarks>
internal sealed class ParzenData
{
    private readonly SortedSet<RankKey> _ranked = [];
    private readonly Dictionary<string, ParameterValue> _fill = new(StringComparer.Ordinal);
    private readonly List<RankKey?> _keys = [];
    private readonly List<int> _branchOf = [];
    private HashSet<Configuration> _tried = [];
    private double[] _violationScales = [];
    private double[] _rows = [];
    private SearchSpace? _space;

    /// <summary>The parameters as kernels see them.</summary>
    internal ParzenDimension[] Dimensions { get; private set; } = [];

    /// <summary>The branches of the space that trials lie in.</summary>
    internal BranchTable Branches { get; private set; } = new();

    /// <summary>The trials that have something to tell, the best first.</summary>
    internal SortedSet<RankKey> Ranked => _ranked;

    /// <summary>How many trials have something to tell.</summary>
    internal int Count => _ranked.Count;

    /// <summary>How many different configurations were proposed, enqueued or imported.</summary>
    internal int TriedCount => _tried.Count;

    /// <summary>The places of all trials by number, row-major; meaningless for trials without configuration.</summary>
    internal ReadOnlySpan<double> Rows => _rows;

    /// <summary>The branch of a trial that has a configuration.</summary>
    internal int BranchOf(int number) => _branchOf[number];

    internal bool WasTried(Configuration configuration) => _tried.Contains(configuration);

    /// <summary>Whether a trial has something to tell.</summary>
    internal bool Tells(int number) => number < _keys.Count && _keys[number] is not null;

    /// <summary>Whether a trial has something to tell and keeps all constraints.</summary>
    internal bool IsFeasible(int number) => number < _keys.Count && _keys[number] is { Standing: RankKey.Feasible };

    internal void Observe(in JournalEvent journalEvent, History history)
    {
        switch (journalEvent.Payload)
        {
            case SpaceRevised revised:
                foreach (var (name, value) in revised.Fill)
                    _fill[name] = value;
                Enter(history);
                break;
            case TrialEvent { Trial: var number } payload when number < history.Trials.Count:
                if (_space is null)
                    Enter(history);
                Withdraw(number);
                if (payload is Proposed or Resumed { Configuration: not null })
                    Place(history, number);
                Update(history, history.Trials[number]);
                break;
        }
    }

    /// <summary>Makes sure that the places are those of the current space.</summary>
    internal void Enter(History history)
    {
        if (ReferenceEquals(_space, history.Problem.Space))
            return;
        _space = history.Problem.Space;
        Dimensions = [.. _space.Parameters.Select(parameter => new ParzenDimension(parameter))];
        _violationScales = new double[history.Problem.Constraints.Length];
        (_tried, Branches) = ([], new());
        _ranked.Clear();
        _keys.Clear();
        for (var number = 0; number < history.Trials.Count; number++)
        {
            Place(history, number);
            Update(history, history.Trials[number]);
        }
    }

    private void Place(History history, int number)
    {
        if (history.Trials[number].Configuration is not { } configuration)
            return;
        var adopted = ReferenceEquals(configuration.Space, _space) ? configuration : _space!.Adopt(configuration, _fill);
        _tried.Add(adopted);
        Place(number, adopted);
    }

    /// <summary>Writes a configuration's places into a row, which may be one of a trial that is still to come.</summary>
    internal void Place(int number, Configuration configuration)
    {
        var width = Dimensions.Length;
        if (_rows.Length < (number + 1) * width)
            Array.Resize(ref _rows, Math.Max((number + 1) * width, Math.Max(64 * width, 2 * _rows.Length)));
        var row = _rows.AsSpan(number * width, width);
        var numbers = configuration.Numbers;
        for (var i = 0; i < width; i++)
            row[i] = Dimensions[i].PlaceOf(numbers[i]);
        while (_branchOf.Count <= number)
            _branchOf.Add(0);
        _branchOf[number] = Branches.Of(row);
    }

    private void Withdraw(int number)
    {
        if (number >= _keys.Count || _keys[number] is not { } key)
            return;
        _ranked.Remove(key);
        Branches.Count(_branchOf[number], -1);
        _keys[number] = null;
    }

    private void Update(History history, Trial trial)
    {
        while (_keys.Count <= trial.Number)
            _keys.Add(null);
        var hasFailed = trial.State is TrialState.Failed or TrialState.Lost;
        var tells = trial.State switch
        {
            TrialState.Completed or TrialState.Stopped or TrialState.Paused => trial.Losses.Length > 0,
            TrialState.Failed or TrialState.Lost => !trial.WillRetry && trial.Configuration is not null
                && trial.Failure?.Kind != FailureKind.Cancelled,
            _ => false,
        };
        _keys[trial.Number] = !tells ? null
            : hasFailed ? new RankKey(RankKey.Failed, 0, 0, trial.Number)
            : new RankKey(
                trial.IsFeasible ? RankKey.Feasible : RankKey.Infeasible,
                history.Problem.Fidelity is null ? 0 : -(trial.Resource ?? history.Problem.Fidelity.High),
                !trial.IsFeasible ? Violation(history, trial) : trial.Losses.Length == 1 ? trial.Losses[0] : 0,
                trial.Number);
        if (_keys[trial.Number] is not { } key)
            return;
        _ranked.Add(key);
        Branches.Count(_branchOf[trial.Number], 1);
    }

    private double Violation(History history, Trial trial)
    {
        if (trial.Violations.Length == 1)
            return double.IsNaN(trial.Violations[0]) ? double.PositiveInfinity : trial.Violations[0];
        var hasGrown = false;
        for (var i = 0; i < _violationScales.Length; i++)
        {
            if (!(trial.Violations[i] > _violationScales[i]))
                continue;
            _violationScales[i] = Math.Min(Math.ScaleB(1, Math.ILogB(trial.Violations[i]) + 1), double.MaxValue);
            hasGrown = true;
        }

        if (hasGrown)
            RankViolationsAnew(history);
        return TotalViolation(trial);
    }

    private void RankViolationsAnew(History history)
    {
        foreach (var key in _ranked.Where(key => key.Standing == RankKey.Infeasible).ToArray())
        {
            _ranked.Remove(key);
            var renewed = key with { Value = TotalViolation(history.Trials[key.Number]) };
            _keys[key.Number] = renewed;
            _ranked.Add(renewed);
        }
    }

    private double TotalViolation(Trial trial)
    {
        var total = 0.0;
        for (var i = 0; i < _violationScales.Length; i++)
        {
            var violation = trial.Violations[i];
            total += double.IsNaN(violation) ? double.PositiveInfinity
                : Math.Max(0, violation) / Math.Max(_violationScales[i], double.Epsilon);
        }

        return total;
    }
}
