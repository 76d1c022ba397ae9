using Attune.Numerics;

namespace Attune.Comparison;

/// <summary>The range of k independent standard normal variables, on which Nemenyi's test rests.</summary>
internal static class StudentizedRange
{
    private const double Reach = 9;
    private const int Steps = 720;

    /// <summary>The probability that the range is at most q: k ∫ φ(z) [Φ(z) − Φ(z − q)]^(k−1) dz.</summary>
    /// <param name="q">The range, not negative.</param>
    /// <param name="k">How many variables, at least 2.</param>
    internal static double Cumulative(double q, int k)
    {
        // Simpson's rule; the integrand is smooth and negligible beyond nine deviations.
        var sum = 0.0;
        var step = 2 * Reach / Steps;
        for (var i = 0; i <= Steps; i++)
        {
            var z = -Reach + (i * step);
            var weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * NormalDistribution.Pdf(z) * Math.Pow(NormalDistribution.Cdf(z) - NormalDistribution.Cdf(z - q), k - 1);
        }

        return k * sum * step / 3;
    }

    /// <summary>The range that is exceeded with a probability.</summary>
    /// <param name="alpha">The probability, inside (0, 1).</param>
    /// <param name="k">How many variables, at least 2.</param>
    internal static double Critical(double alpha, int k)
    {
        var (low, high) = (0.0, 20.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle, k) < 1 - alpha)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
