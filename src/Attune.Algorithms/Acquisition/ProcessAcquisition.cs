using System.Buffers;
using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>An acquisition function of what one process predicts.</summary>
internal sealed class ProcessAcquisition(GaussianProcess process, IAcquisition acquisition) : IFeatureFunction
{
    private const double LeastVariance = 1e-24;

    private readonly double[] _meanGradient = new double[process.Map.Columns];
    private readonly double[] _varianceGradient = new double[process.Map.Columns];

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var scratch = ArrayPool<double>.Shared.Rent(2 * values.Length);
        var means = scratch.AsSpan(0, values.Length);
        var variances = scratch.AsSpan(values.Length, values.Length);
        process.Predict(features, means, variances);
        for (var i = 0; i < values.Length; i++)
            values[i] = acquisition.Value(means[i], Math.Sqrt(variances[i]));
        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var (mean, variance) = process.Predict(features, columns, _meanGradient, _varianceGradient);
        var deviation = Math.Sqrt(Math.Max(variance, LeastVariance));
        var value = acquisition.Value(mean, deviation, out var byMean, out var byDeviation);
        for (var c = 0; c < columns.Length; c++)
            gradient[c] = (byMean * _meanGradient[c]) + (byDeviation * _varianceGradient[c] / (2 * deviation));
        return value;
    }
}
