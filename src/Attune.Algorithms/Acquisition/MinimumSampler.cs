using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>Draws of the smallest loss from a Gumbel distribution that is fitted to what a process predicts of many points.</summary>
/// <remarks>
/// Z. Wang, S. Jegelka, ICML 2017, section 3.1: with the points taken as independent, P(y* &gt; y) = Π_i Φ((μ_i − y)/σ_i), whose
/// quartiles fix the location a and scale b of y* = a + b log(−log u), the Gumbel distribution of minima; u is uniform. Where y* is the
/// smallest loss that keeps outcome constraints, a factor is 1 − p_i Φ((y − μ_i)/σ_i), p_i being the probability that point i keeps them.
/// </remarks>
internal static class MinimumSampler
{
    private const int Bisections = 60;
    private const double Reach = 6;

    /// <summary>Draws.</summary>
    /// <param name="means">Predicted losses, at least one.</param>
    /// <param name="deviations">Their standard deviations.</param>
    /// <param name="logFeasible">The logarithms of the probabilities that they count; empty where all do.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="stream">Where they come from.</param>
    internal static double[] Draw(
        ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ReadOnlySpan<double> logFeasible, int count, ref RandomStream stream)
    {
        var (lower, upper) = (Quantile(means, deviations, logFeasible, 0.25), Quantile(means, deviations, logFeasible, 0.75));

        // P(y* ≤ y) = 1 − exp(−exp((y − a)/b)): the quantile of p is a + b log(−log(1 − p)).
        var scale = (upper - lower) / (Exponent(0.75) - Exponent(0.25));
        var location = Quantile(means, deviations, logFeasible, 0.5) - (scale * Exponent(0.5));
        var draws = new double[count];
        for (var k = 0; k < count; k++)
            draws[k] = location + (scale * Math.Log(stream.NextExponential()));
        return draws;
    }

    private static double Exponent(double probability) => Math.Log(-Math.Log(1 - probability));

    /// <summary>y with P(y* ≤ y) = p, by bisection.</summary>
    private static double Quantile(
        ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ReadOnlySpan<double> logFeasible, double probability)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < means.Length; i++)
        {
            low = Math.Min(low, means[i] - (Reach * deviations[i]));
            high = Math.Max(high, means[i] + (Reach * deviations[i]));
        }

        var target = Math.Log(1 - probability);
        for (var step = 0; step < Bisections; step++)
        {
            var (y, survival) = (0.5 * (low + high), 0.0);
            for (var i = 0; i < means.Length && survival > target; i++)
            {
                var logAbove = deviations[i] > 0 ? NormalDistribution.LogCdf((means[i] - y) / deviations[i])
                    : means[i] > y ? 0 : double.NegativeInfinity;

                // 1 − p (1 − Φ) = 1 − p + p Φ.
                survival += logFeasible.IsEmpty ? logAbove
                    : Math.Log(1 - Math.Exp(logFeasible[i]) + Math.Exp(logFeasible[i] + logAbove));
            }

            if (survival > target)
                low = y;
            else
                high = y;
        }

        return 0.5 * (low + high);
    }
}
