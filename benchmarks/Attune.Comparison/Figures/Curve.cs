namespace Attune.Comparison;

/// <summary>A curve with a band.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="X">Where its points are.</param>
/// <param name="Y">Their values.</param>
/// <param name="Low">The lower edge of the band; empty for none.</param>
/// <param name="High">The upper edge of the band; empty for none.</param>
public sealed record Curve(
    string Label, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Low, IReadOnlyList<double> High);
