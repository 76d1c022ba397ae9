using System.Text.RegularExpressions;

namespace Attune.StudyFiles.Yaml;

/// <summary>Says what a person may have meant where a text is not YAML; parsers only say what they expected.</summary>
internal static partial class SyntaxHints
{
    internal static YamlTextException Explain(YamlSource source, YamlPlace start, YamlPlace end, string parserMessage)
    {
        var line = source.Line(start.Line);
        if (TabIndent(source, parserMessage.Contains("tab", StringComparison.Ordinal) ? null : end) is { } tab)
            return new(tab, "A tab stands in the indentation; YAML allows only blanks there.");
        if (ValueThenText().Match(line) is { Success: true } opened)
        {
            return new(
                new(start.Line, opened.Groups["open"].Index + 1),
                $"A value that begins with {opened.Groups["open"].Value} must stand in quotes when more text follows, "
                + "such as '{rate} x'.");
        }

        if (QuoteThenText().Match(line) is { Success: true } quoted && !parserMessage.Contains("escape", StringComparison.Ordinal))
        {
            return new(
                new(start.Line, quoted.Groups["more"].Index + 1),
                "Text follows a closing quote; put the whole value into quotes (a single quote inside single quotes is written twice).");
        }

        if (parserMessage.Contains("escape", StringComparison.Ordinal))
            return new(start, "An unknown escape stands in double quotes; write \\\\ for a backslash, or use single quotes.");
        if (parserMessage.Contains("quoted scalar", StringComparison.Ordinal))
            return new(start, "A quote is opened here and never closed.");
        if (parserMessage.Contains("cannot start any token", StringComparison.Ordinal))
            return new(start, $"A value cannot begin with {At(line, start)}; put it into quotes.");
        if (parserMessage.Contains("invalid mapping", StringComparison.Ordinal))
        {
            return new(start, line.Contains(": ", StringComparison.Ordinal)
                && line.IndexOf(": ", StringComparison.Ordinal) < start.Column - 1
                ? "A second ': ' stands in the line; put a value that holds ': ' into quotes."
                : "A key stands where none is expected; check the indentation, and the ':' after the key of the line above.");
        }

        if (MissingBlank().Match(line) is { Success: true } colon)
            return new(new(start.Line, colon.Groups["colon"].Index + 1), "A blank is needed after the ':' of a key.");
        if (parserMessage.Contains("expected ',' or", StringComparison.Ordinal) || parserMessage.Length == 0)
            return new(start, "A list or mapping in brackets is not closed, or goes on in a line that is not indented.");
        if (parserMessage.Contains("expected key", StringComparison.Ordinal)
            || parserMessage.Contains("'-' indicator", StringComparison.Ordinal)
            || parserMessage.Contains("document end", StringComparison.Ordinal)
                || parserMessage.Contains("expected node content", StringComparison.Ordinal))
        {
            return new(start, At(line, start) is "']'" or "'}'"
                ? $"{At(line, start)} closes nothing; put a text that begins with it into quotes."
                : "A key with ':' is expected here, indented like its neighbours.");
        }

        return new(start, $"This is not YAML: {parserMessage}");
    }

    private static string At(string line, YamlPlace place) => place.Column <= line.Length ? $"'{line[place.Column - 1]}'"
        : "the end of the line";

    private static YamlPlace? TabIndent(YamlSource source, YamlPlace? near)
    {
        for (var number = Math.Max(1, (near?.Line ?? 1) - 1); number <= (near?.Line ?? source.LineCount) + 1; number++)
        {
            var line = source.Line(number);
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && line[..tab].All(letter => letter is ' ' or '-') && line.AsSpan(tab).Trim().Length > 0)
                return new(number, tab + 1);
        }

        return null;
    }

    [GeneratedRegex(@"^[^:#'""]*:[ \t]+(?<open>[\[{])[^\]}]*[\]}][ \t]*[^\s,#\]}:]", RegexOptions.CultureInvariant)]
    private static partial Regex ValueThenText();

    [GeneratedRegex(@"^[^:#'""]*:[ \t]+(?:'(?:[^']|'')*'|""(?:[^""\\]|\\.)*"")[ \t]*(?<more>[^\s,#:\]}])", RegexOptions.CultureInvariant)]
    private static partial Regex QuoteThenText();

    [GeneratedRegex(@"^[ \t-]*[A-Za-z_][\w-]*(?<colon>:)[^\s:/\\]", RegexOptions.CultureInvariant)]
    private static partial Regex MissingBlank();
}
