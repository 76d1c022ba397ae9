namespace Attune.Comparison;

/// <summary>Curves over one axis, with bands.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Horizontal">The title of the horizontal axis.</param>
/// <param name="Vertical">The title of the vertical axis.</param>
/// <param name="Curves">The curves, in the order of the legend.</param>
/// <param name="IsLogarithmic">Whether the vertical axis is logarithmic; then all values are positive.</param>
public sealed record CurveFigure(string Title, string Horizontal, string Vertical, IReadOnlyList<Curve> Curves, bool IsLogarithmic)
{
    /// <summary>Whether the horizontal axis is logarithmic; then all places are positive. No by default.</summary>
    public bool IsHorizontalLogarithmic { get; init; }
}
