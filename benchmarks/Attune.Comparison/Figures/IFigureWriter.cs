namespace Attune.Comparison;

/// <summary>Draws figures. A plug-in, because what draws has native code.</summary>
public interface IFigureWriter
{
    /// <summary>Writes curves as an SVG file.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="path">The file.</param>
    void Write(CurveFigure figure, string path);

    /// <summary>Writes a critical-difference diagram as an SVG file.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="path">The file.</param>
    void Write(RankFigure figure, string path);
}
