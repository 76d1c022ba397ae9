using System.Globalization;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// The two densities of one proposal, and the search for the point with the largest ratio of the good one to the bad one.
/// </summary>
/// <remarks>
/// Candidates are drawn from the good density. Of the best one the coordinates that lie within a few bandwidths of an end of their range
/// are moved onto it where that is better still: a truncated kernel draws near an end, but never on it, and much is best on one.
/// </remarks>
internal sealed class TpeModel
{
    /// <summary>The annotation of a point of the initial design.</summary>
    internal const string DesignAnnotation = """{"reason":"design"}""";

    /// <summary>The annotation of a point that was drawn because the model could not choose.</summary>
    internal const string RandomAnnotation = """{"reason":"random"}""";

    private const double EndsWithin = 3;

    private static readonly uint FactorPurpose = RandomKey.Purpose("bandwidth-factor");

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

    internal TpeModel(ParzenData data, TpeOptions options)
    {
        (_data, _options, _width) = (data, options, data.Dimensions.Length);
        _split = new(data, options);
        (_good, _bad) = (new(data.Dimensions, usePrior: true), new(data.Dimensions, usePrior: false));
        (_point, _numbers) = (new double[_width], new double[_width]);
        var size = options.Candidates + 1;
        (_candidates, _losses, _order) = (new double[size * _width], new double[size], new int[size]);
    }

    /// <summary>Fits both densities to what the trials tell, with the pending ones and the batch among the bad.</summary>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the first trial to propose for; later ones are not pending either.</param>
    /// <param name="batch">What was proposed already in the same batch.</param>
    /// <param name="key">The key of all that is random.</param>
    internal void Fit(History history, int own, IReadOnlyCollection<Configuration> batch, RandomKey key)
    {
        _split.Split(history, own);
        foreach (var chosen in batch)
            _split.AddPending(chosen);
        var stream = key.Derive(FactorPurpose).CreateStream();
        var rule = new BandwidthRule(BandwidthRule.DrawFactor(_split.Good.Length, stream.NextDouble()));
        _good.Fit(_data.Rows, _split.Good, _options.PriorWeight, rule);
        _bad.Fit(_data.Rows, _split.Bad, 1, rule);
    }

    /// <summary>The best candidate that is legal and allowed; null when none is.</summary>
    internal Proposal? Propose(SearchSpace space, RandomKey key, Func<Configuration, bool> isAllowed)
    {
        var stream = key.CreateStream();
        var best = 0;
        for (var c = 0; c < _options.Candidates; c++)
        {
            _good.Draw(ref stream, Candidate(c));
            _losses[c] = Loss(space, Candidate(c));
            if (_losses[c] < _losses[best])
                best = c;
        }

        var last = _options.Candidates;
        Candidate(best).CopyTo(Candidate(last));
        _losses[last] = MoveToEnds(space, Candidate(last), _losses[best]);
        for (var c = 0; c <= last; c++)
            _order[c] = c;
        Array.Sort(_losses, _order);
        for (var c = 0; c <= last && _losses[c] < double.PositiveInfinity; c++)
        {
            var configuration = Decode(space, Candidate(_order[c]));
            if (space.IsLegal(configuration) && isAllowed(configuration))
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
            var numbers = configuration.Numbers;
            for (var i = 0; i < _width; i++)
                _point[i] = _data.Dimensions[i].PlaceOf(numbers[i]);
            var loss = _bad.LogDensity(_point) - _good.LogDensity(_point);
            if (best is null || loss < least)
                (best, least) = (configuration, loss);
        }

        return best is null ? null : new(best, Annotate(least));
    }

    private Span<double> Candidate(int index) => _candidates.AsSpan(index * _width, _width);

    private double MoveToEnds(SearchSpace space, Span<double> candidate, double loss)
    {
        for (var i = 0; i < _width; i++)
        {
            var dimension = _data.Dimensions[i];
            if (dimension.Kind is KernelKind.Fixed or KernelKind.Choices)
                continue;
            for (var end = 0; end <= 1; end++)
            {
                var before = candidate[i];
                if (Math.Abs(dimension.UnitOf(before) - end) > EndsWithin * _good.BandwidthOf(i))
                    continue;
                candidate[i] = dimension.PlaceAt(end);
                var moved = Loss(space, candidate);
                if (moved < loss)
                    loss = moved;
                else
                    candidate[i] = before;
            }
        }

        return loss;
    }

    /// <summary>The negative log ratio of the densities.</summary>
    private double Loss(SearchSpace space, ReadOnlySpan<double> candidate)
    {
        candidate.CopyTo(_point);
        if (space.IsConditional)
        {
            for (var i = 0; i < _width; i++)
                _numbers[i] = _data.Dimensions[i].NumberOf(candidate[i]);
            space.ApplyConditions(_numbers);
            for (var i = 0; i < _width; i++)
                _point[i] = double.IsNaN(_numbers[i]) ? double.NaN : _point[i];
        }

        var good = _good.LogDensity(_point);
        return double.IsNegativeInfinity(good) ? double.PositiveInfinity : _bad.LogDensity(_point) - good;
    }

    private Configuration Decode(SearchSpace space, ReadOnlySpan<double> candidate)
    {
        for (var i = 0; i < _width; i++)
            _point[i] = _data.Dimensions[i].UnitOf(candidate[i]);
        return space.Decode(_point);
    }

    private string Annotate(double loss) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"reason":"tpe","log_ratio":{{-loss:G6}},"good":{{_good.Count}},"bad":{{_bad.Count}}}""");
}
