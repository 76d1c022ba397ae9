namespace Attune.Docs.Tests;

/// <summary>The regions of the snippet files: code that is compiled and run here, and shown on pages.</summary>
internal static class SnippetRegions
{
    /// <summary>
    /// The text of each region by name, as a page shows it: without indentation. Regions of one file with the same name are parts of one
    /// snippet (its usings, its statements, its types), joined by blank lines.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Page.Root, "tests", "Attune.Docs.Tests", "Snippets"), "*.cs")
        .SelectMany(Read)
        .ToDictionary(snippet => snippet.Name, snippet => snippet.Text, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Read(string file)
    {
        var parts = new List<(string Name, List<string> Lines)>();
        var isInside = false;
        foreach (var line in File.ReadLines(file))
        {
            var word = line.Trim();
            if (word.StartsWith("#region ", StringComparison.Ordinal))
            {
                Assert.False(isInside, $"{file}: a region inside of a region.");
                isInside = true;
                parts.Add((word["#region ".Length..], []));
            }
            else if (word == "#endregion")
            {
                isInside = false;
            }
            else if (isInside)
            {
                parts[^1].Lines.Add(line);
            }
        }

        return parts.GroupBy(part => part.Name).Select(group => (group.Key, string.Join('\n', group.Select(part => Unindent(part.Lines)))));
    }

    private static string Unindent(List<string> lines)
    {
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length == 0 ? "" : line[indent..]) + "\n"));
    }
}
