namespace Attune.Algorithms.Surrogates;

/// <summary>
/// What a surrogate knows after it has seen data. Uncertainty has two parts: what could be learned, and the noise that stays.
/// </summary>
public interface IPosterior
{
    /// <summary>Predicts losses.</summary>
    /// <param name="points">m configurations.</param>
    /// <param name="means">Receives m means.</param>
    /// <param name="epistemic">Receives m variances of the function's value: what more data would reduce.</param>
    /// <param name="aleatoric">Receives m variances of the noise of one measurement; may be empty when not wanted.</param>
    /// <exception cref="ArgumentException">A span is too short, or the points are of another space.</exception>
    void Predict(EncodedConfigurations points, Span<double> means, Span<double> epistemic, Span<double> aleatoric = default);
}
