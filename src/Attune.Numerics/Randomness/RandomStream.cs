using System.Runtime.CompilerServices;

namespace Attune.Numerics;

/// <summary>
/// The random numbers of one <see cref="RandomKey"/>, in order. A mutable struct without allocation: keep it in a local variable or field
/// and pass it by reference; a copy goes its own way from where it was copied.
/// </summary>
/// <remarks>
/// The stream is a sequence of 64-bit words, two for each block of Philox(key, counter = 0, 1, 2, …). Each draw takes one word, except
/// where it says otherwise; <see cref="Position"/> counts them. Whole-number draws are exact everywhere; <see cref="NextNormal"/> and
/// <see cref="NextExponential"/> use the platform's logarithm.
/// </remarks>
public struct RandomStream
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private readonly RandomKey _key;
    private ulong _position;
    private ulong _next;

    /// <summary>The stream of a key, from its start.</summary>
    /// <param name="key">The key.</param>
    public RandomStream(RandomKey key) => _key = key;

    /// <summary>The stream of a key from any place, as if so many words had been drawn already. Costs one block.</summary>
    /// <param name="key">The key.</param>
    /// <param name="position">The number of 64-bit words to pass over.</param>
    public RandomStream(RandomKey key, ulong position)
    {
        _key = key;
        _position = position;
        if ((position & 1) != 0)
            _next = Philox4x32.Block(position >> 1, key.Low, key.High).High;
    }

    /// <summary>The number of 64-bit words drawn so far.</summary>
    public readonly ulong Position => _position;

    /// <summary>A uniform 64-bit word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        if ((_position++ & 1) != 0)
            return _next;

        return NextBlock();
    }

    /// <summary>A uniform 32-bit word: the upper half of a 64-bit one.</summary>
    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * TwoToMinus53;

    /// <summary>A uniform number in (0, 1): an odd multiple of 2⁻⁵³, so that neither 0 nor 1 occurs and u and 1 - u are equally
    /// likely.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextOpenDouble() => (((NextUInt64() >> 12) << 1) | 1) * TwoToMinus53;

    /// <summary>A uniform integer in [0, <paramref name="maxExclusive"/>), without bias. Takes one word, with probability under 2⁻³³
    /// more.</summary>
    /// <param name="maxExclusive">The upper bound, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxExclusive"/> is below 1.</exception>
    public int NextInt(int maxExclusive)
    {
        if (maxExclusive < 1)
            throw new ArgumentOutOfRangeException(nameof(maxExclusive), maxExclusive, "The upper bound must be at least 1.");

        return (int)NextBelow((ulong)maxExclusive);
    }

    /// <summary>A uniform integer between two bounds, both included, without bias. Takes fewer than two words on average.</summary>
    /// <param name="minInclusive">The lower bound.</param>
    /// <param name="maxInclusive">The upper bound, at least <paramref name="minInclusive"/>. The whole range of <see cref="long"/> is
    /// allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxInclusive"/> is below <paramref name="minInclusive"/>.</exception>
    public long NextInt64(long minInclusive, long maxInclusive)
    {
        if (maxInclusive < minInclusive)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxInclusive),
                maxInclusive,
                FormattableString.Invariant($"The upper bound must be at least the lower bound {minInclusive}."));
        }

        ulong last = unchecked((ulong)maxInclusive - (ulong)minInclusive);
        ulong offset = last == ulong.MaxValue ? NextUInt64() : NextBelow(last + 1);
        return unchecked((long)((ulong)minInclusive + offset));
    }

    /// <summary>A standard normal number, by the quantile of one <see cref="NextOpenDouble"/>. At most 8.21 in absolute value.</summary>
    public double NextNormal() => NormalDistribution.Quantile(NextOpenDouble());

    /// <summary>An exponential number with mean 1: -log of one <see cref="NextOpenDouble"/>. Positive, at most 36.74.</summary>
    public double NextExponential() => -Math.Log(NextOpenDouble());

    /// <summary>Fills a span with what <see cref="NextDouble"/> would give, in order.</summary>
    /// <param name="destination">Receives uniform numbers in [0, 1).</param>
    public void Fill(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = NextDouble();
    }

    /// <summary>Puts the elements of a span into a random order, each order equally likely (R. Durstenfeld, Algorithm 235, 1964).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="values">What to put into a random order, in place.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = (int)NextBelow((ulong)i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Fills a span with a random order of 0, 1, …, length - 1.</summary>
    /// <param name="destination">Receives the permutation.</param>
    public void Permutation(Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = i;
        Shuffle(destination);
    }

    private ulong NextBlock()
    {
        (ulong first, _next) = Philox4x32.Block((_position - 1) >> 1, _key.Low, _key.High);
        return first;
    }

    // D. Lemire, "Fast random integer generation in an interval", 2019, algorithm 5: the upper half of word × bound is uniform once the few
    // words that would favour some values are rejected.
    private ulong NextBelow(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = unchecked(0UL - bound) % bound;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), bound, out low);
        }

        return high;
    }
}
