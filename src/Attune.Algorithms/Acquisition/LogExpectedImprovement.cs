namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of expected improvement: log h(z) + log σ, z = (f* − μ)/σ, h(z) = φ(z) + z Φ(z).</summary>
/// <remarks>
/// S. Ament, S. Daulton, D. Eriksson, M. Balandat, E. Bakshy, "Unexpected improvements to expected improvement for Bayesian optimization",
/// NeurIPS 2023 (arXiv 2310.20708), equations 8 and 9. It has the same maxima as <see cref="ExpectedImprovement"/>, but neither it nor its
/// gradient vanishes where improvement is unlikely: it is finite as long as z² is.
/// </remarks>
/// <param name="incumbent">f*, the loss to improve on, finite: under noise the best posterior mean, not the luckiest measurement.</param>
/// <exception cref="ArgumentOutOfRangeException">The incumbent is not finite.</exception>
public sealed class LogExpectedImprovement(double incumbent) : IAcquisition
{
    /// <summary>f*, the loss to improve on.</summary>
    public double Incumbent { get; } = Acquisition.Incumbent.Check(incumbent);

    /// <inheritdoc/>
    /// <remarks>Without any deviation it is the logarithm of the improvement: −∞ where there is none.</remarks>
    public double Value(double mean, double deviation)
    {
        var gap = Incumbent - mean;
        return deviation > 0 ? StandardImprovement.Log(gap / deviation) + Math.Log(deviation) : Math.Log(Math.Max(gap, 0));
    }

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        // ∂EI/∂μ = −Φ(z) and ∂EI/∂σ = φ(z), each divided by EI = σ h(z).
        var log = StandardImprovement.Log((Incumbent - mean) / deviation, out var cdfRatio, out var pdfRatio);
        byMean = -cdfRatio / deviation;
        byDeviation = pdfRatio / deviation;
        return log + Math.Log(deviation);
    }
}
