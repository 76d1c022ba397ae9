using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>The expected improvement of a standard normal loss: h(z) = E[max(z − Z, 0)] = φ(z) + z Φ(z), accurate in both tails.</summary>
/// <remarks>
/// For z &lt; 0 it is h(z) = φ(z) q(z) with q(z) = 1 − |z| R(|z|), where R(x) = √(π/2) erfcx(x/√2) is Mills' ratio (S. Ament, S. Daulton,
/// D. Eriksson, M. Balandat, E. Bakshy, "Unexpected improvements to expected improvement for Bayesian optimization", 2023, equation 9).
/// That
/// difference cancels: q falls like z⁻². From |z| = 5 on it is taken from Laplace's continued fraction R(x) = 1/(x + t), t = 1/(x + 2/(x +
/// 3/(x + …))), as q = t/(x + t), which subtracts nothing; 24 terms give every digit there, and no bound on z is needed.
/// </remarks>
internal static class StandardImprovement
{
    private const double SqrtHalfPi = 1.2533141373155002512;
    private const double InverseSqrtTwo = 0.70710678118654752440;
    private const double FractionFrom = 5;
    private const int Terms = 24;

    /// <summary>h(z).</summary>
    internal static double Value(double z) =>
        z < 0 ? NormalDistribution.Pdf(z) * Quotient(-z) : NormalDistribution.Pdf(z) + (z * NormalDistribution.Cdf(z));

    /// <summary>log h(z).</summary>
    internal static double Log(double z) => z < 0 ? NormalDistribution.LogPdf(z) + Math.Log(Quotient(-z)) : Math.Log(Value(z));

    /// <summary>log h(z), with Φ/h, its derivative by z, and φ/h.</summary>
    internal static double Log(double z, out double cdfRatio, out double pdfRatio)
    {
        if (z < 0)
        {
            var quotient = Quotient(-z);
            pdfRatio = 1 / quotient;
            cdfRatio = SqrtHalfPi * NormalDistribution.ScaledComplementaryError(-z * InverseSqrtTwo) / quotient;
            return NormalDistribution.LogPdf(z) + Math.Log(quotient);
        }

        var value = Value(z);
        cdfRatio = NormalDistribution.Cdf(z) / value;
        pdfRatio = NormalDistribution.Pdf(z) / value;
        return Math.Log(value);
    }

    /// <summary>q = h(−x)/φ(x) for x > 0.</summary>
    private static double Quotient(double x)
    {
        if (x < FractionFrom)
            return 1 - (x * SqrtHalfPi * NormalDistribution.ScaledComplementaryError(x * InverseSqrtTwo));
        var t = 0.0;
        for (var k = Terms; k > 0; k--)
            t = k / (x + t);
        return t / (x + t);
    }
}
