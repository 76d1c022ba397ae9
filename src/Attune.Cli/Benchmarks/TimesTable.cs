using System.Globalization;
using Attune.Cli.Text;
using Attune.Comparison;

namespace Attune.Cli.Benchmarks;

/// <summary>Shows measurements one below the other as they come, since the next may take a while.</summary>
internal sealed class TimesTable
{
    private readonly TextWriter _writer;
    private readonly int[] _widths;

    private TimesTable(TextWriter writer, SuggestionPlan plan) => (_writer, _widths) = (writer,
        [
            Longest("method", plan.Methods.Select(method => method.Label)),
            Longest("problem", plan.Problems.Select(problem => problem.Name)),
            10, 8, 9, 10, 10, 10, 10, 9,
        ]);

    internal static TimesTable Begin(TextWriter writer, SuggestionPlan plan)
    {
        var table = new TimesTable(writer, plan);
        table.Write("method", "problem", "parameters", "trials", "first s", "median ms", "90 % ms", "longest ms", "cpu ms", "KB", "by");
        return table;
    }

    internal void Add(SuggestionTimes times) => Write(
        times.Method, times.Problem, Figures.Count(times.Parameters), Figures.Count(times.Trials), Digits(times.FirstSeconds),
        Milliseconds(times.Median), Milliseconds(times.Percentile90), Milliseconds(times.Longest), Milliseconds(times.ProcessorMedian),
        (times.AllocatedMedian / 1024).ToString("F1", CultureInfo.InvariantCulture),
        string.Join(' ', times.By.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}:{Figures.Count(pair.Value)}")));

    private void Write(params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < _widths.Length; i++)
        {
            _writer.Write(i < 2 ? cells[i].PadRight(_widths[i]) : cells[i].PadLeft(_widths[i]));
            _writer.Write("  ");
        }

        _writer.WriteLine(cells[^1]);
    }

    private static int Longest(string title, IEnumerable<string> cells) => cells.Append(title).Max(cell => cell.Length);

    private static string Milliseconds(double seconds) => Digits(seconds * 1000);

    private static string Digits(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
