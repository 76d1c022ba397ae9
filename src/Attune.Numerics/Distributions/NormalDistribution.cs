namespace Attune.Numerics;

/// <summary>The standard normal distribution: density, distribution function, quantile and their logarithms, accurate in both
/// tails.</summary>
/// <remarks>
/// Everything rests on the scaled complementary error function erfcx: Φ(z) = exp(-z²/2)·erfcx(-z/√2)/2, where the first factor is computed
/// without the rounding of z² and the second never underflows. NaN gives NaN throughout.
/// </remarks>
public static class NormalDistribution
{
    private const double InverseSqrtTwo = 0.70710678118654752440;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;
    private const double LogSqrtTwoPi = 0.91893853320467274178;
    private const double SqrtHalfPi = 1.2533141373155002512;
    private const double LogTwo = 0.69314718055994530942;

    // Φ(-0.6629) is where |z|/√2 leaves the central interval of the error function.
    private const double CentralLimit = ErrorFunction.CentralLimit / InverseSqrtTwo;

    // Beyond, Φ(-|z|) is less than half the smallest double.
    private const double NoTail = 39;

    /// <summary>The density φ(z), relative accuracy about 1e-15 wherever it is a normal double.</summary>
    /// <param name="z">Any number.</param>
    public static double Pdf(double z) => InverseSqrtTwoPi * ExpMinusHalfSquare(z);

    /// <summary>The logarithm of the density.</summary>
    /// <param name="z">Any number.</param>
    public static double LogPdf(double z) => -0.5 * z * z - LogSqrtTwoPi;

    /// <summary>The distribution function Φ(z), relative accuracy about 1e-15 down to z = -37.5, below which it leaves the normal
    /// doubles.</summary>
    /// <param name="z">Any number.</param>
    public static double Cdf(double z)
    {
        if (Math.Abs(z) <= CentralLimit)
            return 0.5 + 0.5 * ErrorFunction.Central(z * InverseSqrtTwo);
        if (Math.Abs(z) >= NoTail)
            return z > 0 ? 1 : 0;

        double tail = 0.5 * ExpMinusHalfSquare(z) * ErrorFunction.ScaledComplementTail(Math.Abs(z) * InverseSqrtTwo);
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The survival function 1 - Φ(z) = Φ(-z), without cancellation.</summary>
    /// <param name="z">Any number.</param>
    public static double SurvivalFunction(double z) => Cdf(-z);

    /// <summary>log Φ(z), relative accuracy about 1e-15 from the far lower tail up to z = 38, beyond which it is (minus) zero.</summary>
    /// <param name="z">Any number.</param>
    public static double LogCdf(double z)
    {
        if (z > 0)
            return AccurateMath.LogOnePlus(-Cdf(-z));
        if (z >= -CentralLimit)
            return Math.Log(Cdf(z));

        return -0.5 * z * z + Math.Log(0.5 * ErrorFunction.ScaledComplementTail(-z * InverseSqrtTwo));
    }

    /// <summary>log(1 - Φ(z)) = log Φ(-z).</summary>
    /// <param name="z">Any number.</param>
    public static double LogSurvivalFunction(double z) => LogCdf(-z);

    /// <summary>The scaled complementary error function erfcx(x) = exp(x²)·erfc(x).</summary>
    /// <param name="x">Any number; below about -26.6 the result is positive infinity.</param>
    public static double ScaledComplementaryError(double x)
    {
        if (x >= ErrorFunction.CentralLimit)
            return ErrorFunction.ScaledComplementTail(x);
        if (x >= -ErrorFunction.CentralLimit)
            return Math.Exp(x * x) * (1 - ErrorFunction.Central(x));

        return 2 / ExpMinusSquare(x) - ErrorFunction.ScaledComplementTail(-x);
    }

    /// <summary>The ratio φ(z)/Φ(z), the derivative of <see cref="LogCdf"/>; never overflows before z itself does.</summary>
    /// <param name="z">Any number.</param>
    public static double PdfOverCdf(double z) =>
        z < 0 ? 1 / (SqrtHalfPi * ScaledComplementaryError(-z * InverseSqrtTwo)) : Pdf(z) / Cdf(z);

    /// <summary>The quantile z with Φ(z) = <paramref name="probability"/>, to about two units in the last place.</summary>
    /// <param name="probability">In [0, 1]; 0 gives negative and 1 positive infinity.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double Quantile(double probability)
    {
        if (probability is < 0 or > 1)
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must be in [0, 1].");

        double centred = probability - 0.5;
        if (Math.Abs(centred) <= 0.425)
            return WichuraQuantile.Central(centred);
        if (probability is 0 or 1)
            return probability == 0 ? double.NegativeInfinity : double.PositiveInfinity;

        return centred < 0
            ? -WichuraQuantile.Tail(Math.Sqrt(-Math.Log(probability)))
            : WichuraQuantile.Tail(Math.Sqrt(-Math.Log(1 - probability)));
    }

    /// <summary>The quantile z with log Φ(z) = <paramref name="logProbability"/>: the inverse of <see cref="LogCdf"/> over its whole
    /// range.</summary>
    /// <param name="logProbability">At most 0; 0 gives positive infinity, negative infinity gives itself.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logProbability"/> is above 0.</exception>
    public static double QuantileOfLog(double logProbability)
    {
        if (logProbability > 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(logProbability), logProbability, "The logarithm of a probability must be at most 0.");
        }

        if (logProbability > -LogTwo)
            return -Quantile(-AccurateMath.ExpMinusOne(logProbability));
        if (logProbability > -700 || double.IsNaN(logProbability))
            return Quantile(Math.Exp(logProbability));
        if (double.IsNegativeInfinity(logProbability))
            return logProbability;

        // log Φ(z) ≈ -z²/2 starts it within 1 %; Newton's method on a function this close to a parabola doubles the digits each time.
        double z = -Math.Sqrt(2) * Math.Sqrt(-logProbability);
        for (int iteration = 0; iteration < 4; iteration++)
            z -= (LogCdf(z) - logProbability) / PdfOverCdf(z);
        return z;
    }

    // exp(-z²/2) where z = h + d with h a multiple of 1/16: h² is exact, and d (h + z) is small, so nothing is lost to rounding z².
    private static double ExpMinusHalfSquare(double z)
    {
        if (Math.Abs(z) > 40)
            return 0;

        double h = Math.Truncate(z * 16) / 16;
        return Math.Exp(-0.5 * h * h) * Math.Exp(-0.5 * (z - h) * (z + h));
    }

    private static double ExpMinusSquare(double x)
    {
        if (Math.Abs(x) > 28)
            return 0;

        double h = Math.Truncate(x * 16) / 16;
        return Math.Exp(-h * h) * Math.Exp(-(x - h) * (x + h));
    }
}
