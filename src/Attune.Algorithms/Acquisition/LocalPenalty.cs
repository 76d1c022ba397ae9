using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of the chance that a point is not in the ball around a pending trial in which the minimum cannot lie.</summary>
/// <remarks>
/// J. González, Z. Dai, P. Hennig, N. Lawrence, "Batch Bayesian optimization via local penalization", AISTATS 2016, section 3, turned to
/// minimisation: the ball around x_j has the radius (f(x_j) − M)/L, so that log Φ((L‖x − x_j‖ − (μ_j − M))/σ_j) is added, with M the best
/// posterior mean and L the largest gradient of the posterior mean that was found.
/// </remarks>
/// <param name="pending">Rows of features of the pending trials.</param>
/// <param name="means">What is predicted of them.</param>
/// <param name="deviations">The standard deviations of that.</param>
/// <param name="best">M.</param>
/// <param name="slope">L.</param>
internal sealed class LocalPenalty(double[] pending, double[] means, double[] deviations, double best, double slope) : IFeatureFunction
{
    private const double LeastDeviation = 1e-9;

    /// <summary>L of a process, from some points, not below a small positive number.</summary>
    internal static double SlopeOf(GaussianProcess process, ReadOnlySpan<double> features)
    {
        var columns = process.Map.Columns;
        int[] all = [.. Enumerable.Range(0, columns)];
        var weights = process.Weigh(process.Targets);
        var (gradient, largest) = (new double[columns], 0.0);
        for (var first = 0; first < features.Length; first += columns)
        {
            process.Mean(features.Slice(first, columns), weights, all, gradient);
            largest = Math.Max(largest, VectorMath.Dot(gradient, gradient));
        }

        return Math.Max(1e-3, Math.Sqrt(largest));
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var width = features.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(features.Slice(i * width, width), [], []);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        gradient[..columns.Length].Clear();
        var sum = 0.0;
        for (var j = 0; j < means.Length; j++)
        {
            var center = pending.AsSpan(j * features.Length, features.Length);
            var square = 0.0;
            for (var c = 0; c < features.Length; c++)
                square += (features[c] - center[c]) * (features[c] - center[c]);
            var (distance, deviation) = (Math.Sqrt(square), Math.Max(LeastDeviation, deviations[j]));
            var z = ((slope * distance) - Math.Max(0, means[j] - best)) / deviation;
            sum += NormalDistribution.LogCdf(z);
            if (!(distance > 0))
                continue;
            var rate = NormalDistribution.PdfOverCdf(z) * slope / (deviation * distance);
            for (var c = 0; c < columns.Length; c++)
                gradient[c] += rate * (features[columns[c]] - center[columns[c]]);
        }

        return sum;
    }
}
