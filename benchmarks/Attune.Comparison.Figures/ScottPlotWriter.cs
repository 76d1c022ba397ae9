using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Attune.Comparison.Figures;

/// <summary>Draws figures by ScottPlot.</summary>
public sealed class ScottPlotWriter : IFigureWriter
{
    private const int Width = 760;
    private const int Height = 460;
    private const int LineHeight = 24;
    private const double BandOpacity = 0.15;

    // Okabe and Ito's colours, which people with any colour vision tell apart; then ScottPlot's for more methods than that.
    private static readonly ScottPlot.Palettes.ColorblindFriendly Palette = new();
    private static readonly ScottPlot.Palettes.Category20 More = new();

    /// <inheritdoc/>
    public void Write(CurveFigure figure, string path)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using var plot = new Plot();
        for (var i = 0; i < figure.Curves.Count; i++)
            Add(plot, figure.Curves[i], ColorOf(i, figure.Curves.Count), figure);
        if (figure.IsLogarithmic)
            ShowPowers(plot.Axes.Left);
        if (figure.IsHorizontalLogarithmic)
            ShowPowers(plot.Axes.Bottom);
        plot.Title(figure.Title);
        plot.XLabel(figure.Horizontal);
        plot.YLabel(figure.Vertical);
        plot.ShowLegend(Edge.Right);
        plot.SaveSvg(path, Width, Height);
    }

    /// <inheritdoc/>
    public void Write(RankFigure figure, string path)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using var plot = new Plot();
        var (count, cliques) = (figure.Ranks.Count, figure.Cliques());
        var ranks = figure.Ranks;

        // The axis of ranks lies at height 0; bars below it, then a line down to each name, better half to the left.
        var (left, right) = (0.5, count + 0.5);
        Line(plot, 1, 0, count, 0, 1);
        for (var rank = 1; rank <= count; rank++)
        {
            Line(plot, rank, 0, rank, 0.25, 1);
            Text(plot, rank, 0.35, $"{rank}", Alignment.LowerCenter);
        }

        Line(plot, 1, 1.4, 1 + figure.CriticalDifference, 1.4, 2);
        var difference = string.Create(CultureInfo.InvariantCulture, $"critical difference {figure.CriticalDifference:F2}");
        Text(plot, 1, 1.5, difference, Alignment.LowerLeft);
        for (var i = 0; i < cliques.Count; i++)
            Line(plot, ranks[cliques[i].First].Rank - 0.04, -0.4 * (i + 1), ranks[cliques[i].Last].Rank + 0.04, -0.4 * (i + 1), 4);
        var half = (count + 1) / 2;
        for (var i = 0; i < count; i++)
        {
            var isLeft = i < half;
            var depth = (-0.4 * cliques.Count) - 0.8 - (isLeft ? i : count - 1 - i);
            Line(plot, ranks[i].Rank, 0, ranks[i].Rank, depth, 1);
            Line(plot, ranks[i].Rank, depth, isLeft ? left : right, depth, 1);
            var label = string.Create(CultureInfo.InvariantCulture, $" {ranks[i].Method} ({ranks[i].Rank:F2}) ");
            Text(plot, isLeft ? left : right, depth, label, isLeft ? Alignment.MiddleRight : Alignment.MiddleLeft);
        }

        var span = right - left;
        plot.Axes.SetLimits(left - (0.6 * span), right + (0.6 * span), (-0.4 * cliques.Count) - half - 1, 2.6);
        plot.HideGrid();
        plot.Layout.Frameless();
        plot.HideAxesAndGrid();
        plot.Title(figure.Title);
        plot.SaveSvg(path, Width, (int)((half + (0.4 * cliques.Count) + 4) * LineHeight) + 40);
    }

    private static void Add(Plot plot, Curve curve, Color color, CurveFigure figure)
    {
        double Scale(double value) => figure.IsLogarithmic ? Math.Log10(value) : value;
        var x = curve.X.Select(place => figure.IsHorizontalLogarithmic ? Math.Log10(place) : place).ToArray();
        var y = curve.Y.Select(Scale).ToArray();
        if (curve.Low.Count == x.Length)
        {
            var band = plot.Add.FillY(x, curve.Low.Select(Scale).ToArray(), curve.High.Select(Scale).ToArray());
            band.FillColor = color.WithAlpha(BandOpacity);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }

        var line = plot.Add.ScatterLine(x, y, color);
        line.LineWidth = 2;
        line.LegendText = curve.Label;
    }

    private static void ShowPowers(IAxis axis) => axis.TickGenerator = new NumericAutomatic
    {
        IntegerTicksOnly = true,
        MinorTickGenerator = new LogMinorTickGenerator(),
        LabelFormatter = power => string.Create(CultureInfo.InvariantCulture, $"1e{power:0}"),
    };

    private static Color ColorOf(int i, int count) => count <= Palette.Colors.Length ? Palette.GetColor(i) : More.GetColor(i);

    private static void Line(Plot plot, double x1, double y1, double x2, double y2, float width)
    {
        var line = plot.Add.Line(x1, y1, x2, y2);
        line.Color = Colors.Black;
        line.LineWidth = width;
    }

    private static void Text(Plot plot, double x, double y, string label, Alignment alignment)
    {
        var text = plot.Add.Text(label, x, y);
        text.LabelAlignment = alignment;
        text.LabelFontColor = Colors.Black;
    }
}
