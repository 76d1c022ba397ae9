namespace Attune.Problems;

/// <summary>The value that counts as the whole gap closed.</summary>
/// <param name="Value">The value, in the objective's own direction and without noise.</param>
/// <param name="IsOptimum">Whether nothing better exists; otherwise it is the best that was ever seen.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record BestKnown(double Value, bool IsOptimum, string Source);
