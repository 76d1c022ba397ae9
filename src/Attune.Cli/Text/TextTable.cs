namespace Attune.Cli.Text;

/// <summary>Columns of text without lines between them: easy to read, and for <c>awk</c> and <c>cut</c> too.</summary>
internal sealed class TextTable(params IReadOnlyList<TextTable.Column> columns)
{
    private const int Gap = 2;
    private readonly List<string[]> _rows = [];

    internal void Add(params ReadOnlySpan<string> cells)
    {
        var row = new string[columns.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = Plain.Line(cells[i]);
        _rows.Add(row);
    }

    /// <summary>Writes the table; the last column is cut where a screen ends.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns of the screen; 0 for no screen.</param>
    internal void Write(TextWriter writer, int width)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Title.Length).Max()).ToArray();
        WriteRow(writer, [.. columns.Select(column => column.Title)], widths, width);
        foreach (var row in _rows)
            WriteRow(writer, row, widths, width);
    }

    private void WriteRow(TextWriter writer, string[] cells, int[] widths, int width)
    {
        var line = "";
        for (var i = 0; i < cells.Length; i++)
            line += columns[i].IsNumber ? cells[i].PadLeft(widths[i] + (i == 0 ? 0 : Gap))
                : new string(' ', i == 0 ? 0 : Gap) + cells[i].PadRight(widths[i]);
        line = line.TrimEnd();
        writer.WriteLine(width > 0 ? Plain.Line(line, width) : line);
    }

    /// <summary>A column.</summary>
    /// <param name="Title">What stands above.</param>
    /// <param name="IsNumber">Whether the cells stand to the right.</param>
    internal sealed record Column(string Title, bool IsNumber = false);
}
