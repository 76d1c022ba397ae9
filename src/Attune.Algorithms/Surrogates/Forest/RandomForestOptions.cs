namespace Attune.Algorithms.Surrogates;

/// <summary>How a <see cref="RandomForestSurrogate"/> grows its trees.</summary>
public sealed record RandomForestOptions
{
    /// <summary>The number of trees, from 2 to 10,000; 100 by default. Fewer are faster, more give smoother variances.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Which share of the parameters each split may choose from, above 0 and at most 1; 5/6 by default (F. Hutter, H. H. Hoos,
    /// K. Leyton-Brown, "Sequential model-based optimization for general algorithm configuration", LION 2011, section 3).</summary>
    public double FeatureShare { get; init; } = 5.0 / 6;

    /// <summary>How many drawn measurements every leaf holds at least, from 1 to 1,000,000; null, the default, to take that of 1, 3 and 9
    /// whose trees err least on what they have not seen: the more noise, the larger. A configuration that the bootstrap draws twice counts
    /// twice.</summary>
    public int? LeastLeaf { get; init; }

    /// <summary>The variance of one measurement's noise, in the units of the targets' square, where it is known (0: deterministic); null,
    /// the default, to estimate it.</summary>
    public double? NoiseVariance { get; init; }

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option, its value and what is allowed.</exception>
    internal RandomForestOptions Checked()
    {
        if (Trees is < 2 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(Trees), Trees, "A forest has from 2 to 10,000 trees.");
        if (!(FeatureShare is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(FeatureShare), FeatureShare, "The share of parameters is above 0 and at most 1.");
        if (LeastLeaf is < 1 or > 1_000_000)
            throw new ArgumentOutOfRangeException(nameof(LeastLeaf), LeastLeaf, "A leaf holds at least from 1 to 1,000,000 measurements.");
        if (NoiseVariance is { } noise && !(double.IsFinite(noise) && noise >= 0))
            throw new ArgumentOutOfRangeException(nameof(NoiseVariance), noise, "The variance of the noise is finite and at least 0.");
        return this;
    }
}
