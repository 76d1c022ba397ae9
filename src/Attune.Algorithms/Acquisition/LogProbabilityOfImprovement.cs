using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of the probability of improvement: log Φ((f* − μ)/σ), without underflow.</summary>
/// <remarks>The maxima of <see cref="ProbabilityOfImprovement"/>, with a gradient that never vanishes below f*.</remarks>
/// <param name="incumbent">f*, the loss to improve on, finite: the best posterior mean, less the margin that is wanted.</param>
/// <exception cref="ArgumentOutOfRangeException">The incumbent is not finite.</exception>
public sealed class LogProbabilityOfImprovement(double incumbent) : IAcquisition
{
    /// <summary>f*, the loss to improve on.</summary>
    public double Incumbent { get; } = Acquisition.Incumbent.Check(incumbent);

    /// <inheritdoc/>
    /// <remarks>Without any deviation it is 0 where the mean improves, and −∞ where it does not.</remarks>
    public double Value(double mean, double deviation)
    {
        var gap = Incumbent - mean;
        return deviation > 0 ? NormalDistribution.LogCdf(gap / deviation) : gap > 0 ? 0 : double.NegativeInfinity;
    }

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var z = (Incumbent - mean) / deviation;
        byMean = -NormalDistribution.PdfOverCdf(z) / deviation;
        byDeviation = z * byMean;
        return NormalDistribution.LogCdf(z);
    }
}
