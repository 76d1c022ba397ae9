namespace Attune.Numerics;

/// <summary>
/// Numbered points of the unit cube. A point is a pure function of its index and of what the set was made with, so points can be asked for
/// in any order, by any number of callers.
/// </summary>
public interface IPointSet
{
    /// <summary>The number of coordinates of a point.</summary>
    int Dimensions { get; }

    /// <summary>The number of points; indices run from 0 to one less.</summary>
    long Count { get; }

    /// <summary>Computes a point.</summary>
    /// <param name="index">The number of the point, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="point">Receives the coordinates, each in [0, 1). Its length is <see cref="Dimensions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the set.</exception>
    /// <exception cref="ArgumentException"><paramref name="point"/> has another length.</exception>
    void GetPoint(long index, Span<double> point);
}
