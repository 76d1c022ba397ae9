using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of an acquisition value, averaged over models: log Σ_k w_k exp(a_k(x)), as integrated acquisition functions do
/// (J. Snoek, H. Larochelle, R. P. Adams, NeurIPS 2012, section 3.2).</summary>
internal sealed class AcquisitionModel
{
    private readonly (GaussianProcess Process, IAcquisition Acquisition, double LogWeight)[] _members;
    private readonly double[] _meanGradient;
    private readonly double[] _varianceGradient;
    private readonly double[] _values;
    private readonly double[][] _gradients;

    internal AcquisitionModel(params (GaussianProcess Process, IAcquisition Acquisition, double LogWeight)[] members)
    {
        _members = members;
        var columns = Map.Columns;
        (_meanGradient, _varianceGradient, _values) = (new double[columns], new double[columns], new double[members.Length]);
        _gradients = [.. members.Select(_ => new double[columns])];
    }

    internal KernelFeatures Map => _members[0].Process.Map;

    internal IReadOnlyList<(GaussianProcess Process, IAcquisition Acquisition, double LogWeight)> Members => _members;

    /// <summary>Takes a point as pending in every model.</summary>
    internal void Hallucinate(ReadOnlySpan<double> features)
    {
        foreach (var member in _members)
            member.Process.Hallucinate(features);
    }

    /// <summary>Values of many points.</summary>
    internal void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var count = values.Length;
        var (means, variances) = (new double[count], new double[count]);
        for (var k = 0; k < _members.Length; k++)
        {
            var (process, acquisition, weight) = _members[k];
            process.Predict(features, means, variances);
            for (var i = 0; i < count; i++)
            {
                var value = weight + acquisition.Value(means[i], Math.Sqrt(variances[i]));
                values[i] = k == 0 ? value : LogAdd(values[i], value);
            }
        }
    }

    /// <summary>The value of a point, and its gradient by some of the features.</summary>
    internal double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var total = double.NegativeInfinity;
        for (var k = 0; k < _members.Length; k++)
        {
            var (process, acquisition, weight) = _members[k];
            var (mean, variance) = process.Predict(features, columns, _meanGradient, _varianceGradient);
            var deviation = Math.Sqrt(Math.Max(variance, 1e-24));
            _values[k] = weight + acquisition.Value(mean, deviation, out var byMean, out var byDeviation);
            for (var c = 0; c < columns.Length; c++)
                _gradients[k][c] = (byMean * _meanGradient[c]) + (byDeviation * _varianceGradient[c] / (2 * deviation));
            total = k == 0 ? _values[0] : LogAdd(total, _values[k]);
        }

        gradient[..columns.Length].Clear();
        for (var k = 0; k < _members.Length; k++)
        {
            var share = Math.Exp(_values[k] - total);
            for (var c = 0; c < columns.Length; c++)
                gradient[c] += share * _gradients[k][c];
        }

        return total;
    }

    private static double LogAdd(double left, double right)
    {
        var (low, high) = left < right ? (left, right) : (right, left);
        return double.IsNegativeInfinity(low) ? high : high + Math.Log(1 + Math.Exp(low - high));
    }
}
