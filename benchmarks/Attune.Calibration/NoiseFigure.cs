using System.Globalization;
using System.Text;

namespace Attune.Calibration;

/// <summary>A panel for each surrogate: the estimated noise variance over the true one by the number of repeats, both logarithmic; the
/// median over functions as a line, the middle 80 % as an area.</summary>
internal static class NoiseFigure
{
    private const double Side = 200;
    private const double Margin = 48;
    private const double Reach = 8;

    internal static string Draw(List<NoiseConvergence> rows)
    {
        var groups = rows.GroupBy(row => row.Surrogate).ToArray();
        var (width, height) = (Margin + (groups.Length * (Side + Margin)), Side + (2 * Margin));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n");
        for (var i = 0; i < groups.Length; i++)
            Panel(text, groups[i].Key, [.. groups[i]], Margin + (i * (Side + Margin)));
        return text.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder text, string name, List<NoiseConvergence> rows, double left)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left + (Side / 2)}\" y=\"{Margin - 16}\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>\n");
        text.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{left}\" y=\"{Margin}\" width=\"{Side}\" height=\"{Side}\" fill=\"none\" stroke=\"#999\"/>\n");
        double X(int repeats) => left + (Side * Math.Log(repeats) / Math.Log(rows[^1].Repeats));
        double Y(double share) => Margin + (Side / 2 * (1 - (Math.Log(Math.Clamp(share, 1 / Reach, Reach)) / Math.Log(Reach))));
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{X(row.Repeats):F1}\" y=\"{Margin + Side + 14}\" text-anchor=\"middle\" "
                + $"font-size=\"10\">{row.Repeats}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{left + (Side / 2)}\" y=\"{Margin + Side + 30}\" text-anchor=\"middle\">repeats</text>\n");
        foreach (var (share, label) in new[] { (0.125, "⅛"), (0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8") })
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{left - 4}\" y=\"{Y(share) + 4:F1}\" text-anchor=\"end\" font-size=\"10\">{label}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{left}\" y1=\"{Y(1)}\" x2=\"{left + Side}\" y2=\"{Y(1)}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n");
        var area = rows.Select(row => (row.Repeats, row.High)).Concat(rows.AsEnumerable().Reverse().Select(row => (row.Repeats, row.Low)));
        text.Append(CultureInfo.InvariantCulture, $"<polygon fill=\"#0072b2\" fill-opacity=\"0.25\" points=\"{Points(area)}\"/>\n");
        var line = rows.Select(row => (row.Repeats, row.Median));
        text.Append(CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"3\" points=\"{Points(line)}\"/>\n");

        string Points(IEnumerable<(int Repeats, double Share)> places) => string.Join(' ', places.Select(place =>
            string.Create(CultureInfo.InvariantCulture, $"{X(place.Repeats):F1},{Y(place.Share):F1}")));
    }
}
