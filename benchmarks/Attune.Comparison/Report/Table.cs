using System.Globalization;
using System.Text;

namespace Attune.Comparison;

/// <summary>A table of a report, written as Markdown and as CSV.</summary>
/// <param name="columns">The titles.</param>
internal sealed class Table(params IReadOnlyList<string> columns)
{
    private readonly List<object?[]> _rows = [];

    internal bool IsEmpty => _rows.Count == 0;

    /// <summary>Adds a row: texts, whole numbers, real numbers, or null for nothing.</summary>
    internal void Add(params ReadOnlySpan<object?> cells) => _rows.Add([.. cells]);

    internal void AddAll(IEnumerable<object?> cells) => _rows.Add([.. cells]);

    /// <summary>The table for people: four significant digits, without columns that hold nothing.</summary>
    /// <param name="only">Which columns; null for all.</param>
    internal string ToMarkdown(Func<string, bool>? only = null)
    {
        var shown = Enumerable.Range(0, columns.Count)
            .Where(i => (only is null || only(columns[i])) && _rows.Exists(row => row[i] is not null)).ToArray();
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", shown.Select(i => columns[i])).Append(" |\n|")
            .Append(string.Concat(shown.Select(i => IsNumber(i) ? "--:|" : "---|"))).Append('\n');
        foreach (var row in _rows)
            text.Append("| ").AppendJoin(" | ", shown.Select(i => Show(row[i], "G4"))).Append(" |\n");
        return text.ToString();
    }

    /// <summary>The table for programs: all digits.</summary>
    internal string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(Quote)).Append('\n');
        foreach (var row in _rows)
            text.AppendJoin(',', row.Select(cell => Quote(Show(cell, "R")))).Append('\n');
        return text.ToString();
    }

    private bool IsNumber(int column) => _rows.Exists(row => row[column] is double or int);

    private static string Show(object? cell, string format) => cell switch
    {
        null => "",
        double number when format == "G4" && Math.Abs(number) is >= 0.1 and < 10 =>
            number.ToString("0.000", CultureInfo.InvariantCulture),
        double number => number.ToString(format, CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
