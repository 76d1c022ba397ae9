namespace Attune.Comparison;

/// <summary>What counts as the whole gap closed on a problem.</summary>
/// <param name="Group">The group over which scores are averaged.</param>
/// <param name="Direction">Which way values are better.</param>
/// <param name="Value">The best known value.</param>
public sealed record BaselineTarget(string Group, Direction Direction, double Value);
