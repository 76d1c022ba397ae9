using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>Draws of the smallest loss from a Gumbel distribution that is fitted to what a process predicts of many points.</summary>
/// <remarks>
/// Z. Wang, S. Jegelka, ICML 2017, section 3.1: with the points taken as independent, P(y* &gt; y) = Π_i Φ((μ_i − y)/σ_i), whose
/// quartiles fix the location a and scale b of y* = a + b log(−log u), the Gumbel distribution of minima; u is uniform.
/// </remarks>
internal static class MinimumSampler
{
    private const int Bisections = 60;
    private const double Reach = 6;

    /// <summary>Draws.</summary>
    /// <param name="means">Predicted losses, at least one.</param>
    /// <param name="deviations">Their standard deviations.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="stream">Where they come from.</param>
    internal static double[] Draw(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, int count, ref RandomStream stream)
    {
        var (lower, upper) = (Quantile(means, deviations, 0.25), Quantile(means, deviations, 0.75));

        // P(y* ≤ y) = 1 − exp(−exp((y − a)/b)): the quantile of p is a + b log(−log(1 − p)).
        var scale = (upper - lower) / (Exponent(0.75) - Exponent(0.25));
        var location = Quantile(means, deviations, 0.5) - (scale * Exponent(0.5));
        var draws = new double[count];
        for (var k = 0; k < count; k++)
            draws[k] = location + (scale * Math.Log(stream.NextExponential()));
        return draws;
    }

    private static double Exponent(double probability) => Math.Log(-Math.Log(1 - probability));

    /// <summary>y with P(y* ≤ y) = p, by bisection.</summary>
    private static double Quantile(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, double probability)
    {
        var (low, high) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var i = 0; i < means.Length; i++)
        {
            low = Math.Min(low, means[i] - (Reach * deviations[i]));
            high = Math.Min(high, means[i] + (Reach * deviations[i]));
        }

        var target = Math.Log(1 - probability);
        for (var step = 0; step < Bisections; step++)
        {
            var (y, survival) = (0.5 * (low + high), 0.0);
            for (var i = 0; i < means.Length && survival > target; i++)
            {
                survival += deviations[i] > 0 ? NormalDistribution.LogCdf((means[i] - y) / deviations[i])
                    : means[i] > y ? 0 : double.NegativeInfinity;
            }

            if (survival > target)
                low = y;
            else
                high = y;
        }

        return 0.5 * (low + high);
    }
}
