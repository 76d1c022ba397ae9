using System.Globalization;
using System.Text;

namespace Attune.Comparison;

/// <summary>What the lines of whole trials tell of methods.</summary>
internal sealed class WholeReport
{
    private readonly ReportData _data;
    private readonly ReportTables _tables;
    private readonly ReportFigures _figures;

    /// <summary>Counts.</summary>
    /// <param name="data">The runs.</param>
    internal WholeReport(ReportData data)
    {
        var board = new ScoreBoard(data);
        (_data, _tables) = (data, new(data, board));
        _figures = new(data, board, _tables);
    }

    /// <summary>The table of gaps closed by group, for a screen.</summary>
    internal string Summary
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

    /// <summary>Writes the page's sections.</summary>
    internal void Write(ReportWriter writer)
    {
        writer.Text(
            """
            The gap is the share of the way from random search's mean at the same number of trials (0) to the best known value (1) that
            the mean of a method's best values goes. On noisy problems the best value is the noiseless one of the incumbent that noisy
            values choose; for several objectives it is the normalised hypervolume. Regret is in units of random search's mean regret
            after 25 trials. Peers whose summaries come from baselines have no runs here, so no logarithms, ranks of runs or tests.


            """);
        foreach (var group in _data.Groups)
            Write(writer, group);
        writer.Section("Time per suggestion", "times", _tables.Times());
        writer.Draw("times", _figures.Times());
        writer.Save("scores.csv", _tables.Scores().ToCsv());
    }

    private void Write(ReportWriter writer, string group)
    {
        var last = _data.Points[^1];
        writer.Text($"## {Heading(group)}\n\n");
        writer.Section(null, $"{group}-gap", _tables.Gaps(group));
        writer.Draw($"{group}-regret", _figures.Regrets(group));
        writer.Section($"Gap closed at {last} trials, by problem", $"{group}-gap-by-problem", _tables.GapsByProblem(group, last));
        foreach (var problem in _data.Of(group))
            writer.Draw(problem.Name.Replace('/', '-'), _figures.Best(problem));
        writer.Section($"Ranks of means over problems at {last} trials", $"{group}-ranks-of-means", _tables.RanksOfMeans(group, last));
        foreach (var point in _data.Points)
        {
            var (methods, blocks) = _tables.Blocks(group, point);
            if (methods.Length < 2 || blocks.Count < 2)
                continue;
            var test = FriedmanTest.Of(blocks);
            var table = new Table("method", "average rank");
            foreach (var (method, rank) in methods.Zip(test.Ranks).OrderBy(pair => pair.Second))
                table.Add(method, rank);
            writer.Text(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                ### Ranks at {point} trials

                Over {test.Blocks} blocks of problem and seed. Friedman's test: p = {test.PValue:G3}; Nemenyi's critical difference at 5 %:
                {test.CriticalDifference:F2}.


                """));
            writer.Section(null, $"{group}-ranks-{point}", table);
            writer.Draw($"{group}-ranks-{point}", _figures.Ranks(group, point));
            writer.Section(
                $"Wins at {point} trials (van Elteren's test, corrected by Holm)", $"{group}-wins-{point}", _tables.Wins(group, point));
        }
    }

    private string Heading(string group) =>
        $"{group}: {string.Join(", ", _data.Of(group).Select(problem => problem.Name))}";
}
