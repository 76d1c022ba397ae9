using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Attune.Docs.Tests;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">Relative to the root of the repository, with slashes.</param>
/// <param name="Text">Its text, with line feeds.</param>
internal sealed partial record Page(string Path, string Text)
{
    private static readonly string[] Hidden = ["bin", "obj", "TestResults"];

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    /// <summary>The root of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Every page of the repository: at the root, in docs, beside the examples and the benchmarks.</summary>
    internal static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md", Everywhere)
            .Select(file => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(folder => Hidden.Contains(folder) || folder.StartsWith('.')))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>The page at a path relative to the root.</summary>
    internal static Page Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n"));

    /// <summary>The fenced blocks of a language, in order, without the fences.</summary>
    internal IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    /// <summary>The targets of the links outside of code.</summary>
    internal IEnumerable<string> Links() => Link().Matches(Code().Replace(Text, "")).Select(link => link.Groups["target"].Value);

    /// <summary>The names by which links reach the headings, as hosts of repositories make them.</summary>
    internal HashSet<string> Anchors() =>
        [.. Heading().Matches(Block().Replace(Text, "")).Select(heading => Anchor(heading.Groups["text"].Value))];

    private static string Anchor(string heading) => NotOfAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string FindRoot([CallerFilePath] string source = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(source)!, "..", ".."));

    [GeneratedRegex(@"^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```.*?^```$|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotOfAnchor();
}
