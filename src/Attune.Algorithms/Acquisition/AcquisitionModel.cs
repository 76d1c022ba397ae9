using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of an acquisition value, averaged over models and multiplied by factors that have nothing to do with the models of the
/// loss: log Σ_k w_k exp(a_k(x)) + Σ_j b_j(x).
/// </summary>
/// <remarks>
/// Averaged as integrated acquisition functions are (J. Snoek, H. Larochelle, R. P. Adams, NeurIPS 2012, section 3.2). Factors are the
/// probability of keeping outcome constraints, the user's priors and the inverse cost.
/// </remarks>
/// <param name="map">What the features mean.</param>
/// <param name="members">At least one model, on a logarithmic scale, with the logarithm of its weight.</param>
/// <param name="factors">The logarithms of the factors.</param>
internal sealed class AcquisitionModel(
    KernelFeatures map, IReadOnlyList<(IFeatureFunction Function, double LogWeight)> members, IReadOnlyList<IFeatureFunction> factors)
{
    private readonly Product _product = new([new LogMean(members), .. factors]);

    internal KernelFeatures Map => map;

    /// <summary>Values of many points.</summary>
    internal void Evaluate(ReadOnlySpan<double> features, Span<double> values) => _product.Evaluate(features, values);

    /// <summary>The value of a point, and its gradient by some of the features.</summary>
    internal double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient) =>
        _product.Evaluate(features, columns, gradient);
}
