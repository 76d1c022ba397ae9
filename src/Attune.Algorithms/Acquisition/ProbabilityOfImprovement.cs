using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>Probability of improvement: P(f &lt; f*) = Φ((f* − μ)/σ).</summary>
/// <remarks>
/// H. J. Kushner, "A new method of locating the maximum point of an arbitrary multipeak curve in the presence of noise", 1964. It does not
/// ask by how much, so it exploits unless f* lies some margin below the best loss.
/// </remarks>
/// <param name="incumbent">f*, the loss to improve on, finite: the best posterior mean, less the margin that is wanted.</param>
/// <exception cref="ArgumentOutOfRangeException">The incumbent is not finite.</exception>
public sealed class ProbabilityOfImprovement(double incumbent) : IAcquisition
{
    /// <summary>f*, the loss to improve on.</summary>
    public double Incumbent { get; } = Acquisition.Incumbent.Check(incumbent);

    /// <inheritdoc/>
    public double Value(double mean, double deviation)
    {
        var gap = Incumbent - mean;
        return deviation > 0 ? NormalDistribution.Cdf(gap / deviation) : gap > 0 ? 1 : 0;
    }

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var z = (Incumbent - mean) / deviation;
        byMean = -NormalDistribution.Pdf(z) / deviation;
        byDeviation = z * byMean;
        return NormalDistribution.Cdf(z);
    }
}
