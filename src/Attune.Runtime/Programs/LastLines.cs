namespace Attune.Programs;

/// <summary>Keeps the last lines of a stream for an error message.</summary>
internal sealed class LastLines(int count, int maximumLength)
{
    private readonly Queue<string> _lines = new();
    private string? _transient;

    /// <summary>
    /// Adds a line. A state of a progress bar is overwritten by whatever follows it, as on a screen; empty lines are left out.
    /// </summary>
    public void Add(OutputLine line)
    {
        var text = line.Text.TrimEnd();
        if (text.Length == 0)
            return;
        if (text.Length > maximumLength)
            text = string.Concat(text.AsSpan(0, maximumLength), "…");
        _transient = line.IsTransient ? text : null;
        if (line.IsTransient)
            return;
        _lines.Enqueue(text);
        if (_lines.Count > count)
            _lines.Dequeue();
    }

    public IReadOnlyList<string> ToList() =>
        _transient is null ? [.. _lines.TakeLast(count)] : [.. _lines.Append(_transient).TakeLast(count)];
}
