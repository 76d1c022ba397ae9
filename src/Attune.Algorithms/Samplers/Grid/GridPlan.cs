using System.Collections.Immutable;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The order in which a grid is walked, from the creation of the study over all revisions of its space.</summary>
/// <remarks>
/// A revision begins a new grid behind what was handed out, without the configurations that the old one has handed out already.
/// </remarks>
internal sealed class GridPlan
{
    /// <summary>How many points the grid of a conditional space may have: it is listed in memory.</summary>
    internal const int MostConditionalPoints = 1_000_000;

    private const double MostPoints = 1e15;

    private static readonly uint ReplacementPurpose = RandomKey.Purpose("grid-replacement");

    private readonly GridPlan? _before;
    private readonly ImmutableSortedDictionary<string, ParameterValue> _fill = ImmutableSortedDictionary<string, ParameterValue>.Empty;
    private readonly long _offset;
    private readonly LegalPoints _points;
    private readonly RandomKey _order;
    private HashSet<Configuration>? _handedOut;

    /// <summary>The first grid of a study.</summary>
    /// <param name="space">The space.</param>
    /// <param name="options">The options.</param>
    /// <param name="order">The key of the order.</param>
    /// <param name="offset">The index with which the grid begins: above 0 when it takes over from another sampler.</param>
    internal GridPlan(SearchSpace space, GridOptions options, RandomKey order, long offset = 0)
    {
        _offset = offset;
        GridValues.Check(space, options);
        (Space, _order) = (space, order);
        _points = space.IsConditional ? ListAll(options, order) : Product(options, order);
    }

    /// <summary>The grid after a revision of the space.</summary>
    internal GridPlan(
        GridPlan before, long offset, SearchSpace space, ImmutableSortedDictionary<string, ParameterValue> fill, GridOptions options,
        RandomKey order)
        : this(space, options, order, offset) => (_before, _fill) = (before, fill);

    internal SearchSpace Space { get; }

    /// <summary>The configuration with an index, or null when the grid is done.</summary>
    internal Configuration? Find(long index)
    {
        if (index < _offset)
            return _before is null ? Replacement(index) : _before.Find(index) is { } old ? Adopt(old, index) : null;
        if (_before is not null)
            _handedOut ??= HandedOut();
        return _points.Find(index - _offset);
    }

    /// <summary>A number that was reserved before the revision and is proposed after it keeps its point, when that is still
    /// legal.</summary>
    private Configuration Adopt(Configuration old, long index)
    {
        var adopted = Space.Adopt(old, _fill);
        return Space.Validate(adopted) is null ? adopted : Replacement(index);
    }

    /// <summary>A random point for a number that was reserved before this grid began.</summary>
    private Configuration Replacement(long index)
    {
        var stream = _order.Derive(0, (ulong)index, ReplacementPurpose).CreateStream();
        return Space.Sample(ref stream);
    }

    private HashSet<Configuration> HandedOut()
    {
        var set = new HashSet<Configuration>();
        for (var index = 0L; index < _offset && _before!.Find(index) is { } old; index++)
            set.Add(Space.Adopt(old, _fill));
        return set;
    }

    private Configuration? Fresh(Configuration candidate) => _handedOut?.Contains(candidate) == true ? null : candidate;

    private LegalPoints Product(GridOptions options, RandomKey order)
    {
        var values = Space.Parameters.Select(parameter => GridValues.Of(parameter, options)).ToArray();
        var size = values.Aggregate(1.0, (product, list) => product * list.Length);
        if (size > MostPoints)
            throw new ProblemException(FormattableString.Invariant(
                $"Sampler 'grid': the grid has about {size:0.#e+0} points; lower 'points', or use random or sobol."));
        var permutation = new KeyedPermutation(order, (long)size);
        return new(Space, place => Fresh(At(options.Shuffle ? permutation[place] : place)), (long)size, isDense: false);

        Configuration At(long place)
        {
            var unit = new double[values.Length];
            for (var i = values.Length - 1; i >= 0; i--)
            {
                unit[i] = values[i][place % values[i].Length];
                place /= values[i].Length;
            }

            return Space.Decode(unit);
        }
    }

    private LegalPoints ListAll(GridOptions options, RandomKey order)
    {
        var list = Space.Enumerate(parameter => GridValues.Of(parameter, options).Select(parameter.FromUnit))
            .Take(MostConditionalPoints + 1).ToArray();
        if (list.Length > MostConditionalPoints)
            throw new ProblemException(
                $"Sampler 'grid': the grid of this conditional space has more than {MostConditionalPoints} points; "
                + "lower 'points', or use random or sobol.");
        var permutation = new KeyedPermutation(order, Math.Max(1, list.Length));
        return new(Space, place => Fresh(list[options.Shuffle ? permutation[place] : place]), list.Length, isDense: false);
    }
}
