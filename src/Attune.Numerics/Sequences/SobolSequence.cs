using System.Numerics;

namespace Attune.Numerics;

/// <summary>
/// Sobol' points in base 2 with the direction numbers of Joe and Kuo, plain or with Owen's nested uniform scrambling. Immutable and safe to
/// share between threads.
/// </summary>
/// <remarks>
/// <para>I. M. Sobol', "On the distribution of points in a cube and the approximate evaluation of integrals", 1967. Point i is the
/// exclusive or of the direction numbers at the one-bits of i (natural order, not Gray-code order; every block of 2^m points that starts at
/// a multiple of 2^m holds the same points in both).</para>
/// <para>Scrambling is A. B. Owen's ("Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): each binary digit of a coordinate is
/// flipped or not by a random bit that belongs to the digits before it. The bits are those of one Philox block for every seven levels of
/// that binary tree, keyed by dimension. Scrambled points keep the equidistribution of the plain ones, each is uniform on the cube, and the
/// variance of the mean of a smooth function falls nearly as n⁻³. Take 2^m points to have it.</para>
/// </remarks>
public sealed class SobolSequence : IPointSet
{
    /// <summary>The largest number of dimensions.</summary>
    public const int MaxDimensions = SobolDirectionNumbers.MaxDimensions;

    private const int Bits = SobolDirectionNumbers.Bits;
    private const int LevelsPerBlock = 7;

    private static readonly uint ScramblingPurpose = RandomKey.Purpose("sobol-scrambling");

    private readonly uint[] _directions;
    private readonly RandomKey[]? _keys;

    /// <summary>The plain sequence, whose first point is the origin.</summary>
    /// <param name="dimensions">The number of coordinates, from 1 to <see cref="MaxDimensions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is outside that range.</exception>
    public SobolSequence(int dimensions)
    {
        PointSetArguments.CheckDimensions(dimensions, MaxDimensions);
        Dimensions = dimensions;
        _directions = SobolDirectionNumbers.Load(dimensions);
    }

    /// <summary>A scrambled sequence.</summary>
    /// <param name="dimensions">The number of coordinates, from 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="key">The key of the scrambling. The first coordinates do not depend on how many follow.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is outside that range.</exception>
    public SobolSequence(int dimensions, RandomKey key)
        : this(dimensions)
    {
        _keys = new RandomKey[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++)
            _keys[dimension] = key.Derive(0, (ulong)dimension, ScramblingPurpose);
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <summary>The number of points: 2³².</summary>
    public long Count => 1L << Bits;

    /// <inheritdoc/>
    /// <remarks>Plain coordinates are multiples of 2⁻³² in [0, 1); scrambled ones are odd multiples of 2⁻⁵³, so never 0.</remarks>
    public void GetPoint(long index, Span<double> point)
    {
        PointSetArguments.Check(this, index, point);
        for (int dimension = 0; dimension < point.Length; dimension++)
        {
            ReadOnlySpan<uint> directions = _directions.AsSpan(dimension * Bits, Bits);
            uint digits = 0;
            for (uint rest = (uint)index; rest != 0; rest &= rest - 1)
                digits ^= directions[BitOperations.TrailingZeroCount(rest)];

            point[dimension] = _keys is null ? digits * (1.0 / (1L << Bits)) : Scramble(digits, _keys[dimension]);
        }
    }

    private static double Scramble(uint digits, RandomKey key)
    {
        uint scrambled = 0;
        for (int depth = 0; depth < Bits; depth += LevelsPerBlock)
        {
            // The 127 inner nodes of the subtree below this prefix, numbered as in a heap from 1, take a bit each of one block.
            uint prefix = depth == 0 ? 0 : digits >> (Bits - depth);
            var (low, high) = Philox4x32.Block(prefix | ((ulong)depth << 32), key.Low, key.High);
            int node = 1;
            for (int level = depth; level < Math.Min(depth + LevelsPerBlock, Bits); level++)
            {
                uint digit = (digits >> (Bits - 1 - level)) & 1;
                uint flip = (uint)((node < 64 ? low : high) >> node) & 1;
                scrambled = (scrambled << 1) | (digit ^ flip);
                node = 2 * node + (int)digit;
            }
        }

        // Below the 32 digits of the sequence all plain digits are zero, and the flips belong to this point alone.
        ulong rest = Philox4x32.Block(digits | ((ulong)Bits << 32), key.Low, key.High).Low >> 43;
        return (((ulong)scrambled << 21) | rest | 1) * (1.0 / (1L << 53));
    }
}
