namespace Attune.Problems;

/// <summary>The range of an objective to which hypervolume is normalised.</summary>
/// <param name="Ideal">The best value, which counts as 0.</param>
/// <param name="Nadir">The worst value that still counts, which counts as 1 and is the reference point.</param>
public readonly record struct ObjectiveRange(double Ideal, double Nadir);
