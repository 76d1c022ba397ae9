namespace Attune.Numerics;

/// <summary>
/// Halton points: coordinate j of point i is the radical inverse of i in the j-th prime base; plain, or with random digit permutations.
/// Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// <para>J. H. Halton, "On the efficiency of certain quasi-random sequences of points", Numerische Mathematik 2, 1960. In many dimensions
/// plain points lie on a few lines for thousands of points; permuting the digits cures that.</para>
/// <para>Scrambling is the one of A. B. Owen, "A randomized Halton algorithm in R", 2017: at each digit place of each dimension an
/// independent random permutation of the digits, zero included, down to the resolution of a double. Each point is then uniform on the cube,
/// and the points of any block of b^m consecutive indices keep one point in each interval [a/b^m, (a+1)/b^m).</para>
/// </remarks>
public sealed class HaltonSequence : IPointSet
{
    /// <summary>The largest number of dimensions.</summary>
    public const int MaxDimensions = 10_000;

    private static readonly uint ScramblingPurpose = RandomKey.Purpose("halton-scrambling");
    private static readonly uint DigitPurpose = RandomKey.Purpose("halton-digit");

    private readonly int[] _bases;
    private readonly RandomKey[]? _keys;

    // For each dimension and each number of leading digits, what the permuted zeros behind those digits add.
    private readonly double[][]? _tails;

    /// <summary>The plain sequence, whose first point is the origin.</summary>
    /// <param name="dimensions">The number of coordinates, from 1 to <see cref="MaxDimensions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is outside that range.</exception>
    public HaltonSequence(int dimensions)
    {
        PointSetArguments.CheckDimensions(dimensions, MaxDimensions);
        Dimensions = dimensions;
        _bases = FirstPrimes(dimensions);
    }

    /// <summary>A scrambled sequence.</summary>
    /// <param name="dimensions">The number of coordinates, from 1 to <see cref="MaxDimensions"/>.</param>
    /// <param name="key">The key of the permutations. The first coordinates do not depend on how many follow.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is outside that range.</exception>
    public HaltonSequence(int dimensions, RandomKey key)
        : this(dimensions)
    {
        _keys = new RandomKey[dimensions];
        _tails = new double[dimensions][];
        for (int dimension = 0; dimension < dimensions; dimension++)
        {
            _keys[dimension] = key.Derive(0, (ulong)dimension, ScramblingPurpose);
            _tails[dimension] = Tails(_keys[dimension], _bases[dimension]);
        }
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <summary>The number of points: 2⁵³, the integers that a double holds exactly.</summary>
    public long Count => 1L << 53;

    /// <inheritdoc/>
    public void GetPoint(long index, Span<double> point)
    {
        PointSetArguments.Check(this, index, point);
        for (int dimension = 0; dimension < point.Length; dimension++)
        {
            long radix = _bases[dimension];
            double reversed = 0, power = 1;
            int place = 0;
            for (long rest = index; rest != 0; rest /= radix)
            {
                long digit = rest % radix;
                if (_keys is not null)
                    digit = PermutedDigit(_keys[dimension], radix, place, digit);
                reversed = reversed * radix + digit;
                power *= radix;
                place++;
            }

            double value = reversed / power;
            if (_tails is not null && place < _tails[dimension].Length)
                value += _tails[dimension][place];
            point[dimension] = Math.Min(value, PointSetArguments.LargestBelowOne);
        }
    }

    private static long PermutedDigit(RandomKey key, long radix, int place, long digit) =>
        new KeyedPermutation(key.Derive(0, (ulong)place, DigitPurpose), radix)[digit];

    private static double[] Tails(RandomKey key, int radix)
    {
        int places = (int)Math.Ceiling(53 / Math.Log2(radix));
        double[] tails = new double[places];
        double tail = 0;
        for (int place = places - 1; place >= 0; place--)
        {
            tail = (tail + PermutedDigit(key, radix, place, 0)) / radix;
            tails[place] = tail * Math.Pow(radix, -place);
        }

        return tails;
    }

    private static int[] FirstPrimes(int count)
    {
        // Rosser's bound on the n-th prime, n (ln n + ln ln n), holds from n = 6.
        double n = Math.Max(count, 6);
        bool[] composite = new bool[(int)Math.Ceiling(n * (Math.Log(n) + Math.Log(Math.Log(n)))) + 1];
        int[] primes = new int[count];
        int found = 0;
        for (int candidate = 2; found < count; candidate++)
        {
            if (composite[candidate])
                continue;

            primes[found++] = candidate;
            for (long multiple = (long)candidate * candidate; multiple < composite.Length; multiple += candidate)
                composite[multiple] = true;
        }

        return primes;
    }
}
