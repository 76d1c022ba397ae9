namespace Attune.Numerics;

/// <summary>
/// A Latin hypercube sample: with n points, each of the n equal slices of every axis holds one point, placed at random inside. Immutable
/// and safe to share between threads.
/// </summary>
/// <remarks>
/// M. McKay, R. Beckman, W. Conover, "A comparison of three methods for selecting values of input variables in the analysis of output from
/// a computer code", Technometrics 21, 1979. The order of the slices along an axis is a <see cref="KeyedPermutation"/>, so that any point
/// is computed without the others.
/// </remarks>
public sealed class LatinHypercube : IPointSet
{
    private static readonly uint OrderPurpose = RandomKey.Purpose("latin-hypercube-order");
    private static readonly uint PlacePurpose = RandomKey.Purpose("latin-hypercube-place");

    private readonly KeyedPermutation[] _orders;
    private readonly RandomKey[] _places;

    /// <summary>A sample of a given size.</summary>
    /// <param name="points">The number of points, at least 1.</param>
    /// <param name="dimensions">The number of coordinates, at least 1.</param>
    /// <param name="key">The key of all that is random. The first coordinates do not depend on how many follow.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public LatinHypercube(int points, int dimensions, RandomKey key)
    {
        if (points < 1)
            throw new ArgumentOutOfRangeException(nameof(points), points, "The number of points must be at least 1.");
        PointSetArguments.CheckDimensions(dimensions, int.MaxValue);

        Count = points;
        Dimensions = dimensions;
        _orders = new KeyedPermutation[dimensions];
        _places = new RandomKey[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++)
        {
            _orders[dimension] = new KeyedPermutation(key.Derive(0, (ulong)dimension, OrderPurpose), points);
            _places[dimension] = key.Derive(0, (ulong)dimension, PlacePurpose);
        }
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>Computes a whole sample.</summary>
    /// <param name="key">The key of all that is random.</param>
    /// <param name="points">The number of points, at least 1.</param>
    /// <param name="dimensions">The number of coordinates, at least 1.</param>
    /// <param name="destination">Receives the points row by row: <paramref name="points"/> × <paramref name="dimensions"/> numbers in [0,
    /// 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public static void Fill(RandomKey key, int points, int dimensions, Span<double> destination)
    {
        var sample = new LatinHypercube(points, dimensions, key);
        if (destination.Length != (long)points * dimensions)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The span has {destination.Length} elements; {points} × {dimensions} are needed."),
                nameof(destination));
        }

        for (int row = 0; row < points; row++)
            sample.GetPoint(row, destination.Slice(row * dimensions, dimensions));
    }

    /// <inheritdoc/>
    public void GetPoint(long index, Span<double> point)
    {
        PointSetArguments.Check(this, index, point);
        for (int dimension = 0; dimension < point.Length; dimension++)
        {
            long slice = _orders[dimension][index];
            double place = new RandomStream(_places[dimension], (ulong)index).NextDouble();

            // Rounding must not carry a place near the slice's end into the next slice.
            point[dimension] = Math.Min((slice + place) / Count, Math.BitDecrement((double)(slice + 1) / Count));
        }
    }
}
