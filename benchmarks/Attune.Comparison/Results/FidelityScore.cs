namespace Attune.Comparison;

/// <summary>A peer's mean over training runs, after an amount of resource.</summary>
/// <param name="Mean">The mean of the full-fidelity value of the incumbent.</param>
/// <param name="Seeds">Over how many seeds.</param>
public readonly record struct FidelityScore(double Mean, int Seeds);
