using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>Thompson sampling: the loss of one function drawn from the posterior, negated.</summary>
/// <remarks>
/// W. R. Thompson, Biometrika 25, 1933; with functions of a Gaussian process drawn as told at <see cref="PathwiseSample"/>.
/// </remarks>
internal sealed class PathAcquisition(PathwiseSample path) : IFeatureFunction
{
    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var width = features.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
            values[i] = -path.Evaluate(features.Slice(i * width, width));
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var value = path.Evaluate(features, columns, gradient);
        for (var c = 0; c < columns.Length; c++)
            gradient[c] = -gradient[c];
        return -value;
    }
}
