using System.Text;

namespace Attune.Cli.Text;

/// <summary>Makes texts that others wrote (names, error output) harmless for a terminal.</summary>
internal static class Plain
{
    /// <summary>A text in one line without control characters.</summary>
    internal static string Line(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\n')
                plain.Append(" ⏎ ");
            else if (letter is '\t')
                plain.Append(' ');
            else if (!char.IsControl(letter))
                plain.Append(letter);
            else if (letter is not '\r')
                plain.Append('�');
        }

        return plain.ToString();
    }

    /// <summary>A text in one line of at most some letters.</summary>
    internal static string Line(string text, int length)
    {
        var line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, Math.Max(0, length - 1)), "…");
    }

    /// <summary>The lines of a text, each without control characters.</summary>
    internal static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => Line(line));
}
