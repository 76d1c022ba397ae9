using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The points that come before a model can learn: the configuration of all defaults, and <see cref="CubePoints"/> through the
/// priors.</summary>
internal sealed class InitialDesign
{
    private readonly LegalPoints _points;

    /// <summary>Makes the design of a space.</summary>
    /// <param name="space">The space.</param>
    /// <param name="key">The key of all that is random.</param>
    internal InitialDesign(SearchSpace space, RandomKey key)
    {
        var defaults = space.Default();
        Defaults = space.IsLegal(defaults) ? defaults : null;
        var (cube, point) = (new CubePoints(space.Dimensions, key), new double[space.Dimensions]);
        _points = new(space, Decode, long.MaxValue, isDense: !space.IsConstrained);

        Configuration Decode(long place)
        {
            cube.Fill(place, point);
            return space.DecodeByPrior(point);
        }
    }

    /// <summary>The configuration of all defaults (the middle of each range, unless the space says otherwise); null when a constraint
    /// forbids it.</summary>
    internal Configuration? Defaults { get; }

    /// <summary>A legal point of the sequence.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="SpaceException">Long stretches of the sequence hold no legal point.</exception>
    internal Configuration Point(long index) => _points.Find(index)!;
}
