namespace Attune.Algorithms.Samplers;

/// <summary>How wide kernels are.</summary>
/// <remarks>
/// <para>Numbers: a fifth of the range times n^(−1/(d + 4)) and the factor, with n components in which the parameter is active and d
/// active parameters a component (D. W. Scott, "Multivariate density estimation", 1992, equation 6.42, without the spread of the data,
/// which a handful of trials does not tell), never below a hundredth of the range (S. Watanabe, arXiv 2304.11127, section 3.3.4, "magic
/// clipping").</para>
/// <para>Choices: the share of a kernel that is spread over all K choices as the prior says is c / (n + c), c = 0.3 K (J. Aitchison,
/// C. G. G. Aitken, Biometrika 63, 1976, with the prior in place of the uniform distribution).</para>
/// </remarks>
/// <param name="Factor">What the widths of numbers are multiplied by, positive.</param>
internal readonly record struct BandwidthRule(double Factor)
{
    private const double ShareOfRange = 0.2;
    private const double Least = 0.01;
    private const double PriorCountPerChoice = 0.3;

    /// <summary>The bandwidth of a parameter.</summary>
    /// <param name="dimension">The parameter.</param>
    /// <param name="active">In how many components it is active.</param>
    /// <param name="activePerComponent">How many parameters are active in a component on average.</param>
    internal double Choose(ParzenDimension dimension, int active, double activePerComponent)
    {
        if (dimension.Kind == KernelKind.Choices)
            return PriorCountPerChoice * dimension.Count / (active + (PriorCountPerChoice * dimension.Count));
        return active == 0 ? 1 : Math.Max(Factor * ShareOfRange * Math.Pow(active, -1 / (activePerComponent + 4)), Least);
    }

    /// <summary>
    /// The factor of one proposal: log-uniform between 2 / (1 + good), not below a tenth, and 1. Wide kernels explore and narrow ones
    /// settle; which is due cannot be told from a few good trials, so proposals differ in it, and the more of them are narrow the more is
    /// known.
    /// </summary>
    /// <param name="good">The number of good trials.</param>
    /// <param name="uniform">A number in [0, 1).</param>
    internal static double DrawFactor(int good, double uniform) => Math.Pow(Math.Max(0.1, Math.Min(1, 2.0 / (1 + good))), uniform);
}
