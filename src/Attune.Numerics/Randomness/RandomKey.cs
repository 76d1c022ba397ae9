using System.Globalization;
using System.Text;

namespace Attune.Numerics;

/// <summary>
/// A 128-bit key that names a source of random numbers. Keys form a tree: a study's seed is the root, and every entity and purpose derives
/// its own key from its parent, so that what is drawn for one never depends on what was drawn for another, or when, or on which thread.
/// </summary>
/// <remarks>
/// <para>The construction is a tree of pseudo-random functions (O. Goldreich, S. Goldwasser, S. Micali, 1986) on Philox 4×32-10, F(counter,
/// key):</para>
/// <para>root(seed) = F((seed, 0), rootTag);</para>
/// <para>derive(k, kind, number, purpose): (a, b) = F((kind | purpose·2³², k.Low), k.High ⊕ deriveTag), child = F((number, b), a);</para>
/// <para>block i of the stream of k is F((i, k.Low), k.High).</para>
/// <para>F is a bijection for each key, so roots of different seeds, and siblings that differ in their number alone, are never equal; any
/// other two keys are equal with the probability of a 128-bit collision. The tags keep derivations apart from streams. This is statistical
/// separation, not cryptography.</para>
/// </remarks>
/// <param name="High">The half that keys the generator.</param>
/// <param name="Low">The half that fills the upper part of its counter.</param>
public readonly record struct RandomKey(ulong High, ulong Low)
{
    // The digits of the golden ratio and of the square root of three: numbers with nothing up their sleeves.
    private const ulong RootTag = 0x9E3779B97F4A7C15;
    private const ulong DeriveTag = 0xBB67AE8584CAA73B;

    /// <summary>The root of a tree of keys.</summary>
    /// <param name="seed">Any value; different seeds give different keys.</param>
    public static RandomKey FromSeed(ulong seed)
    {
        var (low, high) = Philox4x32.Block(seed, 0, RootTag);
        return new RandomKey(high, low);
    }

    /// <summary>The key of a child.</summary>
    /// <param name="kind">The kind of entity, by a number that its owner chooses (a trial, a generation, …).</param>
    /// <param name="number">The number of the entity within its kind.</param>
    /// <param name="purpose">What the numbers are for; see <see cref="Purpose"/>.</param>
    public RandomKey Derive(uint kind, ulong number, uint purpose)
    {
        var (key, rest) = Philox4x32.Block(kind | ((ulong)purpose << 32), Low, High ^ DeriveTag);
        var (low, high) = Philox4x32.Block(number, rest, key);
        return new RandomKey(high, low);
    }

    /// <summary>The key of a child that is told apart by its purpose alone: kind and number are zero.</summary>
    /// <param name="purpose">What the numbers are for; see <see cref="Purpose"/>.</param>
    public RandomKey Derive(uint purpose) => Derive(0, 0, purpose);

    /// <summary>The stream of random numbers that this key names, from its start.</summary>
    public RandomStream CreateStream() => new(this);

    /// <summary>Names a purpose: the 32-bit FNV-1a hash of the name's UTF-8 bytes, the same on every machine and under every
    /// culture.</summary>
    /// <param name="name">A name, case-sensitive, such as <c>"proposal"</c>. It is part of what a study records: never change it.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static uint Purpose(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            throw new ArgumentException("The name of a purpose must have at least one character.", nameof(name));

        uint hash = 0x811C9DC5;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in name.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(utf8);
            for (int i = 0; i < length; i++)
                hash = (hash ^ utf8[i]) * 0x01000193;
        }

        return hash;
    }

    /// <summary>The key as 32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
