using System.Globalization;
using System.Text;

namespace Attune.Comparison;

/// <summary>Writes a report's page, its tables as CSV, and its figures.</summary>
/// <param name="folder">The folder; it exists.</param>
/// <param name="figures">Draws; null to go without figures.</param>
internal sealed class ReportWriter(string folder, IFigureWriter? figures)
{
    private readonly StringBuilder _page = new();

    /// <summary>Adds to the page.</summary>
    internal void Text(string text) => _page.Append(text);

    /// <summary>Adds a table to the page, unless it is empty, and writes it as CSV.</summary>
    internal void Section(string? title, string name, Table table)
    {
        if (table.IsEmpty)
            return;
        if (title is not null)
            _page.Append(CultureInfo.InvariantCulture, $"### {title}\n\n");
        _page.Append(table.ToMarkdown()).Append('\n');
        Save(name + ".csv", table.ToCsv());
    }

    /// <summary>Draws curves and adds them to the page.</summary>
    internal void Draw(string name, CurveFigure? figure)
    {
        if (figure is null || figures is null)
            return;
        figures.Write(figure, Path.Combine(folder, name + ".svg"));
        Show(name, figure.Title);
    }

    /// <summary>Draws ranks and adds them to the page.</summary>
    internal void Draw(string name, RankFigure? figure)
    {
        if (figure is null || figures is null)
            return;
        figures.Write(figure, Path.Combine(folder, name + ".svg"));
        Show(name, figure.Title);
    }

    /// <summary>Writes a file beside the page.</summary>
    internal void Save(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));

    /// <summary>Writes the page.</summary>
    internal void Finish()
    {
        if (figures is null)
            Text("\nFigures are drawn by a plug-in that is not there: `plugins/Attune.Comparison.Figures` beside the program.\n");
        Save("report.md", _page.ToString());
    }

    private void Show(string name, string title) => _page.Append(CultureInfo.InvariantCulture, $"![{title}]({name}.svg)\n\n");
}
