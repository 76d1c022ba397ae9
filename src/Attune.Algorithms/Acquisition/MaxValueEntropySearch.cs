using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of max-value entropy search, for minimisation: how much is learned about the smallest loss y*.
/// </summary>
/// <remarks>
/// Z. Wang, S. Jegelka, "Max-value entropy search for efficient Bayesian optimization", ICML 2017, equation 6:
/// α(x) = (1/K) Σ_k [γ_k φ(γ_k) / (2Φ(γ_k)) − log Φ(γ_k)], there with γ = (y* − μ)/σ for maximisation and here with γ = (μ − y*)/σ. With
/// r = φ/Φ it is dα/dγ = −½ r (1 + γ (γ + r)). From γ = 8 on, where Φ is 1 to rounding, α = φ(γ) (γ/2 + R(γ)) with Mills' ratio R, so that
/// the logarithm does not underflow.
/// </remarks>
public sealed class MaxValueEntropySearch : IAcquisition
{
    private const double TailFrom = 8;
    private const double SqrtHalfPi = 1.2533141373155002512;
    private const double InverseSqrtTwo = 0.70710678118654752440;

    private readonly double[] _minima;

    /// <summary>The value for draws of the smallest loss.</summary>
    /// <param name="minima">Draws of y*, at least one, all finite.</param>
    /// <exception cref="ArgumentException">There is no draw, or one is not finite.</exception>
    public MaxValueEntropySearch(IEnumerable<double> minima)
    {
        ArgumentNullException.ThrowIfNull(minima);
        _minima = [.. minima];
        if (_minima.Length == 0 || !_minima.All(double.IsFinite))
            throw new ArgumentException("Draws of the smallest loss must be finite, and there must be at least one.", nameof(minima));
    }

    /// <inheritdoc/>
    /// <remarks>Without any deviation nothing is learned: −∞.</remarks>
    public double Value(double mean, double deviation) =>
        deviation > 0 ? Value(mean, deviation, out _, out _) : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var total = double.NegativeInfinity;
        foreach (var minimum in _minima)
            total = LogMean.Add(total, LogGain((mean - minimum) / deviation, out _));
        (byMean, byDeviation) = (0, 0);
        foreach (var minimum in _minima)
        {
            var scaled = (mean - minimum) / deviation;
            var share = Math.Exp(LogGain(scaled, out var slope) - total);
            byMean += share * slope / deviation;
            byDeviation -= share * slope * scaled / deviation;
        }

        return total - Math.Log(_minima.Length);
    }

    /// <summary>log α of one draw, and its derivative by γ.</summary>
    private static double LogGain(double scaled, out double slope)
    {
        if (scaled > TailFrom)
        {
            var mills = SqrtHalfPi * NormalDistribution.ScaledComplementaryError(scaled * InverseSqrtTwo);
            var sum = (0.5 * scaled) + mills;

            // dR/dγ = γR − 1.
            slope = -scaled + (((scaled * mills) - 0.5) / sum);
            return NormalDistribution.LogPdf(scaled) + Math.Log(sum);
        }

        var ratio = NormalDistribution.PdfOverCdf(scaled);
        var gain = (0.5 * scaled * ratio) - NormalDistribution.LogCdf(scaled);
        slope = -0.5 * ratio * (1 + (scaled * (scaled + ratio))) / gain;
        return Math.Log(gain);
    }
}
