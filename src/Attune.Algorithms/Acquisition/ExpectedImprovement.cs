using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>Expected improvement: E[max(f* − f, 0)] = σ h((f* − μ)/σ), h(z) = φ(z) + z Φ(z), in units of the loss.</summary>
/// <remarks>
/// <para>J. Močkus, V. Tiesis, A. Žilinskas, "The application of Bayesian methods for seeking the extremum", 1978; D. R. Jones, M.
/// Schonlau,
/// W. J. Welch, "Efficient global optimization of expensive black-box functions", 1998, equation 15. It underflows to 0, gradient included,
/// some 38 deviations above f*; a maximiser should climb <see cref="LogExpectedImprovement"/>.</para>
/// </remarks>
/// <param name="incumbent">f*, the loss to improve on, finite: under noise the best posterior mean, not the luckiest measurement.</param>
/// <exception cref="ArgumentOutOfRangeException">The incumbent is not finite.</exception>
public sealed class ExpectedImprovement(double incumbent) : IAcquisition
{
    /// <summary>f*, the loss to improve on.</summary>
    public double Incumbent { get; } = Acquisition.Incumbent.Check(incumbent);

    /// <inheritdoc/>
    public double Value(double mean, double deviation)
    {
        var gap = Incumbent - mean;
        return deviation > 0 ? deviation * StandardImprovement.Value(gap / deviation) : Math.Max(gap, 0);
    }

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var z = (Incumbent - mean) / deviation;
        byMean = -NormalDistribution.Cdf(z);
        byDeviation = NormalDistribution.Pdf(z);
        return deviation * StandardImprovement.Value(z);
    }
}
