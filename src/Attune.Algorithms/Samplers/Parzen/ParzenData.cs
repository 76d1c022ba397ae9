using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What Parzen estimators need to know of the trials: the places of each, and the order of those that have something to tell.
/// </summary>
/// <remarks>
/// Feasible trials come before those that violate constraints, these by the total of their violations (of several constraints each is
/// taken relative to the largest violation seen, rounded up to a power of two), and failed ones last.
/// </remarks>
internal sealed class ParzenData : TrialData
{
    private readonly SortedSet<RankKey> _ranked = [];
    private readonly List<RankKey?> _keys = [];
    private readonly List<int> _branchOf = [];
    private double[] _violationScales = [];
    private double[] _rows = [];

    /// <summary>The parameters as kernels see them.</summary>
    internal ParzenDimension[] Dimensions { get; private set; } = [];

    /// <summary>The branches of the space that trials lie in.</summary>
    internal BranchTable Branches { get; private set; } = new();

    /// <summary>The trials that have something to tell, the best first.</summary>
    internal SortedSet<RankKey> Ranked => _ranked;

    /// <inheritdoc/>
    internal override int Count => _ranked.Count;

    /// <summary>The places of all trials by number, row-major; meaningless for trials without configuration.</summary>
    internal ReadOnlySpan<double> Rows => _rows;

    /// <summary>The branch of a trial that has a configuration.</summary>
    internal int BranchOf(int number) => _branchOf[number];

    /// <summary>Whether a trial has something to tell.</summary>
    internal bool Tells(int number) => number < _keys.Count && _keys[number] is not null;

    /// <summary>Whether a trial has something to tell and keeps all constraints.</summary>
    internal bool IsFeasible(int number) => number < _keys.Count && _keys[number] is { Standing: RankKey.Feasible };

    /// <summary>Writes a configuration's places into a row, which may be one of a trial that is still to come.</summary>
    internal void PlaceRow(int number, Configuration configuration)
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

    private protected override void Reset(Problem problem)
    {
        Dimensions = [.. problem.Space.Parameters.Select(parameter => new ParzenDimension(parameter))];
        _violationScales = new double[problem.Constraints.Length];
        Branches = new();
        _ranked.Clear();
        _keys.Clear();
    }

    private protected override void Place(int number, Configuration configuration) => PlaceRow(number, configuration);

    private protected override void Forget(int number)
    {
        if (number >= _keys.Count || _keys[number] is not { } key)
            return;
        _ranked.Remove(key);
        Branches.Count(_branchOf[number], -1);
        _keys[number] = null;
    }

    private protected override void Learn(History history, Trial trial)
    {
        while (_keys.Count <= trial.Number)
            _keys.Add(null);
        var key = trial.State is TrialState.Failed or TrialState.Lost
            ? new RankKey(RankKey.Failed, 0, 0, trial.Number)
            : new RankKey(
                trial.IsFeasible ? RankKey.Feasible : RankKey.Infeasible,
                history.Problem.Fidelity is null ? 0 : -(trial.Resource ?? history.Problem.Fidelity.High),
                !trial.IsFeasible ? Violation(history, trial) : trial.Losses.Length == 1 ? trial.Losses[0] : 0,
                trial.Number);
        _keys[trial.Number] = key;
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
