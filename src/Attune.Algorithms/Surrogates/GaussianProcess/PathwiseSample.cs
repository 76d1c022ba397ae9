using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>A function drawn from the posterior of a Gaussian process, to be evaluated and differentiated anywhere.</summary>
/// <remarks>
/// J. T. Wilson, V. Borovitskiy, A. Terenin, P. Mostowsky, M. P. Deisenroth, "Efficiently sampling functions from Gaussian process
/// posteriors", ICML 2020, section 3 (Matheron's rule, decoupled sampling): c + f(x) + k(x, X) K⁻¹ (y − c − f(X) − ε), with f drawn from
/// the prior by random features and ε from the noise. The update is exact; only the prior is approximate, so that errors are small where
/// there are data.
/// </remarks>
internal sealed class PathwiseSample
{
    private readonly GaussianProcess _process;
    private readonly PriorSample _prior;
    private readonly double[] _weights;
    private readonly double[] _priorGradient;
    private readonly double[] _warped;

    /// <summary>Draws.</summary>
    /// <param name="process">The process; its hallucinated points play no part.</param>
    /// <param name="stream">Where the draw comes from.</param>
    internal PathwiseSample(GaussianProcess process, ref RandomStream stream)
    {
        _process = process;
        _prior = new(process.Map, process.Smoothness, process.Parameters, ref stream);
        (_priorGradient, _warped) = (new double[process.Map.Columns], new double[process.Map.Columns]);
        var residuals = new double[process.Targets.Length];
        var deviation = Math.Sqrt(process.Parameters.Noise);
        var point = new double[process.Map.Columns];
        for (var i = 0; i < residuals.Length; i++)
        {
            process.CopyPoint(i, point);
            residuals[i] = process.Targets[i] - _prior.Evaluate(point) - (deviation * stream.NextNormal());
        }

        _weights = process.Weigh(residuals);
    }

    /// <summary>The function at a point.</summary>
    internal double Evaluate(ReadOnlySpan<double> features) =>
        _prior.Evaluate(_process.Warp(features, _warped)) + _process.Mean(features, _weights);

    /// <summary>The function at a point, and its gradient by some of the features.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="columns">The columns to differentiate by.</param>
    /// <param name="gradient">Receives the derivatives.</param>
    internal double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var value = _prior.Evaluate(_process.Warp(features, _warped), _priorGradient)
            + _process.Mean(features, _weights, columns, gradient);
        for (var k = 0; k < columns.Length; k++)
            gradient[k] += _priorGradient[columns[k]] * _process.Slope(features, columns[k]);
        return value;
    }
}
