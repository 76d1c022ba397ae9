using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>The two densities of one proposal, and the search for the point with the largest ratio of the good one to the
/// bad.</summary>
/// <remarks>
/// <para>Candidates are drawn from the good density. Of the good trials the better ones weigh more (S. Watanabe, arXiv 2304.11127,
/// section 3.2, weighs them by how much better they are; here it is by rank, so that no scale of the losses matters).</para>
/// <para>In a conditional space one proposal in seven, by chance, keeps to a branch that is drawn from the prior and to that branch's
/// own trials, if they are enough to learn from. So a branch with a better optimum and a worse average is not left before its trials
/// could tell.</para>
/// </remarks>
internal sealed class TpeModel
{
    private const double WeightSlope = 0.8;
    private const double BranchChance = 0.15;
    private const double BranchTrialsPerParameter = 0.3;

    private static readonly uint FactorPurpose = RandomKey.Purpose("bandwidth-factor");
    private static readonly uint BranchPurpose = RandomKey.Purpose("branch");

    private readonly ParzenData _data;
    private readonly TpeOptions _options;
    private readonly TrialSplit _split;
    private readonly ParzenMixture _good;
    private readonly ParzenMixture _bad;
    private readonly int _width;
    private readonly double[] _point;
    private readonly double[] _numbers;
    private readonly double[] _candidates;
    private readonly double[] _losses;
    private readonly int[] _order;
    private int? _branch;

    internal TpeModel(SearchSpace space, ParzenData data, TpeOptions options)
    {
        (Space, _data, _options, _width) = (space, data, options, data.Dimensions.Length);
        _split = new(data, options);
        (_good, _bad) = (new(data.Dimensions, usePrior: true), new(data.Dimensions, usePrior: false));
        (_point, _numbers) = (new double[_width], new double[_width]);
        var size = options.Candidates;
        (_candidates, _losses, _order) = (new double[size * _width], new double[size], new int[size]);
    }

    /// <summary>The space that it is made for.</summary>
    internal SearchSpace Space { get; }

    /// <summary>Fits both densities to what the trials tell, with the pending ones and the batch among the bad.</summary>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the first trial to propose for.</param>
    /// <param name="batch">What was proposed already in the same batch.</param>
    /// <param name="key">The key of all that is random.</param>
    internal void Fit(History history, int own, IReadOnlyCollection<Configuration> batch, RandomKey key)
    {
        _branch = ChooseBranch(key.Derive(BranchPurpose).CreateStream());
        _split.Split(history, own, _branch);
        foreach (var chosen in batch)
            _split.AddPending(chosen);
        var rule = new BandwidthRule(
            BandwidthRule.DrawFactor(_split.Good.Length, key.Derive(FactorPurpose).CreateStream().NextDouble()));
        _good.Fit(_data.Rows, _split.Good, _options.PriorWeight, rule, WeightSlope);
        _bad.Fit(_data.Rows, _split.Bad, 1, rule);
    }

    /// <summary>The best candidate that is legal and allowed; null when none is.</summary>
    internal Proposal? Propose(RandomKey key, Func<Configuration, bool> isAllowed)
    {
        var stream = key.CreateStream();
        for (var c = 0; c < _order.Length; c++)
        {
            _good.Draw(ref stream, Candidate(c));
            (_order[c], _losses[c]) = (c, Loss(Candidate(c)));
        }

        Array.Sort(_losses, _order);
        for (var c = 0; c < _order.Length && _losses[c] < double.PositiveInfinity; c++)
        {
            var configuration = Decode(Candidate(_order[c]));
            if (Space.IsLegal(configuration) && isAllowed(configuration))
                return new(configuration, Annotate(_losses[c]));
        }

        return null;
    }

    /// <summary>The best of a list; null when it is empty.</summary>
    internal Proposal? Best(IEnumerable<Configuration> configurations)
    {
        var (best, least) = ((Configuration?)null, double.PositiveInfinity);
        foreach (var configuration in configurations)
        {
            for (var i = 0; i < _width; i++)
                _point[i] = _data.Dimensions[i].PlaceOf(configuration.Numbers[i]);
            var loss = LossOfPoint();
            if (best is null || loss < least)
                (best, least) = (configuration, loss);
        }

        return best is null ? null : new(best, least < double.PositiveInfinity ? Annotate(least) : Explanation.Simple("tpe", "random"));
    }

    private Span<double> Candidate(int index) => _candidates.AsSpan(index * _width, _width);

    private int? ChooseBranch(RandomStream stream)
    {
        if (!Space.IsConditional || stream.NextDouble() >= BranchChance)
            return null;
        for (var i = 0; i < _width; i++)
            _point[i] = _data.Dimensions[i].DrawPrior(stream.NextDouble());
        ApplyConditions();
        var active = 0;
        foreach (var place in _point)
            active += double.IsNaN(place) ? 0 : 1;
        var branch = _data.Branches.Of(_point);
        return _data.Branches.CountOf(branch) >= BranchTrialsPerParameter * (active + 1) ? branch : null;
    }

    private double Loss(ReadOnlySpan<double> candidate)
    {
        candidate.CopyTo(_point);
        ApplyConditions();
        return _branch is null || _data.Branches.Of(_point) == _branch ? LossOfPoint() : double.PositiveInfinity;
    }

    /// <summary>The negative log ratio of the densities.</summary>
    private double LossOfPoint()
    {
        var good = _good.LogDensity(_point);
        return double.IsNegativeInfinity(good) ? double.PositiveInfinity : _bad.LogDensity(_point) - good;
    }

    private void ApplyConditions()
    {
        if (!Space.IsConditional)
            return;
        for (var i = 0; i < _width; i++)
            _numbers[i] = _data.Dimensions[i].NumberOf(_point[i]);
        Space.ApplyConditions(_numbers);
        for (var i = 0; i < _width; i++)
            _point[i] = double.IsNaN(_numbers[i]) ? double.NaN : _point[i];
    }

    private Configuration Decode(ReadOnlySpan<double> candidate)
    {
        for (var i = 0; i < _width; i++)
            _point[i] = _data.Dimensions[i].UnitOf(candidate[i]);
        return Space.Decode(_point);
    }

    private string Annotate(double loss) => Explanation.Write(writer =>
    {
        writer.WriteString("method", "tpe");
        writer.WriteString("reason", "density-ratio");
        writer.Number("acquisition", -loss);
        writer.WriteNumber("good", _good.Count);
        writer.WriteNumber("bad", _bad.Count);
    });
}
