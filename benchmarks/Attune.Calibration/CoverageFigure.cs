using System.Globalization;
using System.Text;

namespace Attune.Calibration;

/// <summary>A panel for each surrogate: what was claimed against what was covered, a thin line for each setting, a thick one for the
/// mean.</summary>
internal static class CoverageFigure
{
    private const double Side = 240;
    private const double Margin = 48;

    private static readonly (string Interval, string Target, string Colour, string Label)[] Curves =
    [
        ("epistemic", "function", "#0072b2", "function by epistemic variance"),
        ("total", "measurement", "#009e73", "measurement by total variance"),
        ("total", "function", "#d55e00", "function by merged variance"),
        ("epistemic", "measurement", "#cc79a7", "measurement without noise"),
    ];

    internal static string Draw(List<CoverageRow> rows)
    {
        var surrogates = rows.Select(row => row.Surrogate).Distinct().ToArray();
        var (width, height) = (Margin + (surrogates.Length * (Side + Margin)), Side + (2 * Margin) + (16 * Curves.Length));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n");
        for (var i = 0; i < surrogates.Length; i++)
            Panel(text, surrogates[i], [.. rows.Where(row => row.Surrogate == surrogates[i])], Margin + (i * (Side + Margin)));
        for (var i = 0; i < Curves.Length; i++)
        {
            var y = Side + (2 * Margin) + (16 * i) - 8;
            text.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{Margin}\" y1=\"{y}\" x2=\"{Margin + 24}\" y2=\"{y}\" stroke=\"{Curves[i].Colour}\" stroke-width=\"3\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + 32}\" y=\"{y + 4}\">{Curves[i].Label}</text>\n");
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder text, string name, List<CoverageRow> rows, double left)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left + (Side / 2)}\" y=\"{Margin - 16}\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>\n");
        text.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{left}\" y=\"{Margin}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#999\"/>\n");
        text.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{left}\" y1=\"{Margin + Side}\" x2=\"{left + Side}\" y2=\"{Margin}\" stroke=\"#999\" "
            + $"stroke-dasharray=\"4 4\"/>\n");
        foreach (var level in CoverageMeasurement.Levels)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{left + (level * Side)}\" y=\"{Margin + Side + 14}\" text-anchor=\"middle\" "
                + $"font-size=\"10\">{level * 100:F0} %</text>");
            text.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{left - 4}\" y=\"{Margin + ((1 - level) * Side) + 4}\" text-anchor=\"end\" "
                + $"font-size=\"10\">{level * 100:F0} %</text>\n");
        }

        foreach (var curve in Curves)
        {
            var own = rows.Where(row => row.Interval == curve.Interval && row.Target == curve.Target).ToList();
            foreach (var setting in own.GroupBy(row => (row.Prior, row.Points, row.Repeats, row.Noise)))
                Line(text, [.. setting.Select(row => (row.Nominal, row.Covered))], left, curve.Colour, 0.6);
            Line(text, [.. own.GroupBy(row => row.Nominal).Select(level => (level.Key, level.Average(row => row.Covered)))], left,
                curve.Colour, 3);
        }
    }

    private static void Line(StringBuilder text, List<(double Nominal, double Covered)> points, double left, string colour, double width)
    {
        text.Append("<polyline fill=\"none\" points=\"");
        foreach (var (nominal, covered) in points.Prepend((0, 0)).Append((1, 1)))
            text.Append(CultureInfo.InvariantCulture, $"{left + (nominal * Side):F1},{Margin + ((1 - covered) * Side):F1} ");
        text.Append(CultureInfo.InvariantCulture, $"\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n");
    }
}
