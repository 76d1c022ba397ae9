using System.Buffers;
using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of an acquisition value averaged over what pending trials may come to: log (1/S) Σ_s exp(a(μ_s(x), σ(x))).
/// </summary>
/// <remarks>
/// J. Snoek, H. Larochelle, R. P. Adams, NeurIPS 2012, section 3.2 (Monte Carlo acquisition), with the logarithm of S. Ament and others,
/// NeurIPS 2023. A fantasy gives each pending trial an outcome. All fantasies share one covariance matrix, so that each costs one more
/// product of vectors only. One fantasy that is the same for all pending trials makes a constant liar (D. Ginsbourger, R. Le Riche, L.
/// Carraro, "Kriging is well-suited to parallelize optimization", 2010, section 4.2.2).
/// </remarks>
/// <param name="process">A process with all pending trials hallucinated.</param>
/// <param name="weights">The weights of each fantasy's mean.</param>
/// <param name="acquisitions">The acquisition function under each fantasy, on a logarithmic scale.</param>
internal sealed class FantasyAcquisition(GaussianProcess process, double[][] weights, IAcquisition[] acquisitions) : IFeatureFunction
{
    private const double LeastVariance = 1e-24;

    private readonly double[] _means = new double[weights.Length];
    private readonly double[] _values = new double[weights.Length];
    private readonly double[] _byMean = new double[weights.Length];
    private readonly double[] _byDeviation = new double[weights.Length];

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var scratch = ArrayPool<double>.Shared.Rent(values.Length * (weights.Length + 1));
        var variances = scratch.AsSpan(0, values.Length);
        var means = scratch.AsSpan(values.Length, values.Length * weights.Length);
        process.Predict(features, weights, means, variances);
        for (var i = 0; i < values.Length; i++)
        {
            var (total, deviation) = (double.NegativeInfinity, Math.Sqrt(variances[i]));
            for (var s = 0; s < weights.Length; s++)
                total = LogMean.Add(total, acquisitions[s].Value(means[(s * values.Length) + i], deviation));
            values[i] = total - Math.Log(weights.Length);
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var variance = process.Predict(features, weights, _means);
        var (total, deviation) = (double.NegativeInfinity, Math.Sqrt(Math.Max(variance, LeastVariance)));
        for (var s = 0; s < weights.Length; s++)
        {
            _values[s] = acquisitions[s].Value(_means[s], deviation, out _byMean[s], out _byDeviation[s]);
            total = LogMean.Add(total, _values[s]);
        }

        var byVariance = 0.0;
        for (var s = 0; s < weights.Length; s++)
        {
            var share = Math.Exp(_values[s] - total);
            _byMean[s] *= share;
            byVariance += share * _byDeviation[s] / (2 * deviation);
        }

        process.Differentiate(features, weights, _byMean, byVariance, columns, gradient);
        return total - Math.Log(weights.Length);
    }
}
