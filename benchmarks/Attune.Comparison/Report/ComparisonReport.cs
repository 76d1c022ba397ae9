using System.Globalization;
using System.Text;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>What result lines tell of methods, in tables and figures.</summary>
public sealed class ComparisonReport
{
    private readonly ReportData _data;
    private readonly ReportTables _tables;
    private readonly ReportFigures _figures;

    private ComparisonReport(ReportData data)
    {
        var board = new ScoreBoard(data);
        (_data, _tables) = (data, new(data, board));
        _figures = new(data, board, _tables);
    }

    /// <summary>The table of gaps closed by group, for a screen.</summary>
    public string Summary
    {
        get
        {
            var text = new StringBuilder();
            foreach (var group in _data.Groups)
            {
                var table = _tables.Gaps(group).ToMarkdown(column => !column.Contains("regret", StringComparison.Ordinal));
                text.Append(CultureInfo.InvariantCulture, $"{Heading(group)}\n\n{table}\n");
            }

            return text.ToString();
        }
    }

    /// <summary>Counts.</summary>
    /// <param name="lines">The results, of any system.</param>
    /// <param name="baselines">Peers' summaries and best known values; <see cref="Baselines.None"/> for none.</param>
    /// <param name="problems">What is known of problems.</param>
    /// <exception cref="BenchmarkException">There are no lines, or they are of problems that are not known.</exception>
    public static ComparisonReport Of(IReadOnlyList<TrialLine> lines, Baselines baselines, IReadOnlyList<BenchmarkProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(problems);
        return new(ReportData.Of(lines, baselines, problems));
    }

    /// <summary>Writes <c>report.md</c>, tables as CSV, and figures as SVG.</summary>
    /// <param name="folder">The folder; it is made when it is missing.</param>
    /// <param name="figures">Draws; null to go without figures.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(string folder, IFigureWriter? figures)
    {
        Directory.CreateDirectory(folder);
        var page = new StringBuilder("# Comparison\n\n");
        page.Append(
            """
            The gap is the share of the way from random search's mean at the same number of trials (0) to the best known value (1) that
            the mean of a method's best values goes. On noisy problems the best value is the noiseless one of the incumbent that noisy
            values choose; for several objectives it is the normalised hypervolume. Regret is in units of random search's mean regret
            after 25 trials. Peers whose summaries come from baselines have no runs here, so no logarithms, ranks of runs or tests.


            """);
        foreach (var group in _data.Groups)
            WriteGroup(folder, page, group, figures);
        Section(folder, page, "Time per suggestion", "times", _tables.Times());
        Draw(folder, page, "times", _figures.Times(), figures);
        if (figures is null)
            page.Append("\nFigures are drawn by a plug-in that is not there: `plugins/Attune.Comparison.Figures` beside the program.\n");
        Save(folder, "scores.csv", _tables.Scores().ToCsv());
        Save(folder, "report.md", page.ToString());
    }

    private void WriteGroup(string folder, StringBuilder page, string group, IFigureWriter? figures)
    {
        var last = _data.Points[^1];
        page.Append(CultureInfo.InvariantCulture, $"## {Heading(group)}\n\n");
        Section(folder, page, null, $"{group}-gap", _tables.Gaps(group));
        Draw(folder, page, $"{group}-regret", _figures.Regrets(group), figures);
        Section(folder, page, $"Gap closed at {last} trials, by problem", $"{group}-gap-by-problem", _tables.GapsByProblem(group, last));
        foreach (var problem in _data.Of(group))
            Draw(folder, page, problem.Name.Replace('/', '-'), _figures.Best(problem), figures);
        Section(
            folder, page, $"Ranks of means over problems at {last} trials", $"{group}-ranks-of-means", _tables.RanksOfMeans(group, last));
        foreach (var point in _data.Points)
        {
            var (methods, blocks) = _tables.Blocks(group, point);
            if (methods.Length < 2 || blocks.Count < 2)
                continue;
            var test = FriedmanTest.Of(blocks);
            var table = new Table("method", "average rank");
            foreach (var (method, rank) in methods.Zip(test.Ranks).OrderBy(pair => pair.Second))
                table.Add(method, rank);
            page.Append(
                CultureInfo.InvariantCulture,
                $"""
                ### Ranks at {point} trials

                Over {test.Blocks} blocks of problem and seed. Friedman's test: p = {test.PValue:G3}; Nemenyi's critical difference at 5 %:
                {test.CriticalDifference:F2}.


                """);
            Section(folder, page, null, $"{group}-ranks-{point}", table);
            Draw(folder, page, $"{group}-ranks-{point}", _figures.Ranks(group, point), figures);
            Section(
                folder, page, $"Wins at {point} trials (van Elteren's test, corrected by Holm)", $"{group}-wins-{point}",
                _tables.Wins(group, point));
        }
    }

    private string Heading(string group) =>
        $"{group}: {string.Join(", ", _data.Of(group).Select(problem => problem.Name))}";

    private static void Section(string folder, StringBuilder page, string? title, string name, Table table)
    {
        if (table.IsEmpty)
            return;
        if (title is not null)
            page.Append(CultureInfo.InvariantCulture, $"### {title}\n\n");
        page.Append(table.ToMarkdown()).Append('\n');
        Save(folder, name + ".csv", table.ToCsv());
    }

    private static void Draw(string folder, StringBuilder page, string name, CurveFigure? figure, IFigureWriter? figures)
    {
        if (figure is null || figures is null)
            return;
        figures.Write(figure, Path.Combine(folder, name + ".svg"));
        page.Append(CultureInfo.InvariantCulture, $"![{figure.Title}]({name}.svg)\n\n");
    }

    private static void Draw(string folder, StringBuilder page, string name, RankFigure? figure, IFigureWriter? figures)
    {
        if (figure is null || figures is null)
            return;
        figures.Write(figure, Path.Combine(folder, name + ".svg"));
        page.Append(CultureInfo.InvariantCulture, $"![{figure.Title}]({name}.svg)\n\n");
    }

    private static void Save(string folder, string name, string text) =>
        File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
}
