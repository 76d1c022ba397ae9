using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Numbered points of the unit cube: scrambled Sobol' points, and independent uniform ones where there are more dimensions than the
/// sequence has.
/// </summary>
/// <param name="dimensions">The number of coordinates, at least 1.</param>
/// <param name="key">The key of all that is random.</param>
internal sealed class CubePoints(int dimensions, RandomKey key)
{
    private readonly SobolSequence? _sequence = dimensions <= SobolSequence.MaxDimensions ? new(dimensions, key) : null;

    /// <summary>Fills a span with the coordinates of a point, each in [0, 1).</summary>
    /// <param name="index">The number of the point, from 0.</param>
    /// <param name="point">Receives the coordinates.</param>
    internal void Fill(long index, Span<double> point)
    {
        if (_sequence is not null)
            _sequence.GetPoint(index, point);
        else
            new RandomStream(key, (ulong)index * (ulong)point.Length).Fill(point);
    }
}
