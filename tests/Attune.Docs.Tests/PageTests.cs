using System.Text.RegularExpressions;
using Attune.StudyFiles;

namespace Attune.Docs.Tests;

/// <summary>What the pages show is true: code is compiled and run, study files are legal, links lead somewhere.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void CSharpBlocks_AreRegionsOfCompiledFiles(string path) => Assert.All(
        Page.Read(path).Blocks("csharp"),
        block => Assert.True(SnippetRegions.All.Values.Contains(block), $"No region in Snippets equals this block of {path}:\n{block}"));

    [Fact]
    public void Regions_AreShownOnAPage()
    {
        var shown = Page.All.SelectMany(page => page.Blocks("csharp")).ToHashSet();

        Assert.Empty(SnippetRegions.All.Where(region => !shown.Contains(region.Value)).Select(region => region.Key));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void StudyFileBlocks_AreReadWithoutMistakesAndWarnings(string path) => Assert.All(
        Page.Read(path).Blocks("yaml").Where(block => Space().IsMatch(block)),
        block =>
        {
            var result = StudyFile.Parse(block, "study.yaml");
            Assert.Empty(result.Mistakes.Concat(result.Warnings).Select(mistake => mistake.ToString()));
        });

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadToFilesAndHeadings(string path)
    {
        var page = Page.Read(path);
        foreach (var target in page.Links().Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            var (file, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
            var linked = file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, file);
            Assert.True(Path.Exists(Path.Combine(Page.Root, linked)), $"{path} links to {target}, which does not exist.");
            if (anchor is not null)
                Assert.True(Page.Read(linked).Anchors().Contains(anchor), $"{path} links to {target}, but there is no such heading.");
        }
    }

    [Fact]
    public void Records_AreListedInTheirIndex()
    {
        var index = Page.Read("docs/decisions/README.md").Links().ToHashSet();
        var records = Page.All.Select(page => page.Path).Where(path => Record().IsMatch(path)).ToArray();

        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.Contains(Path.GetFileName(record), index));
    }

    [GeneratedRegex("^docs/decisions/[0-9]{4}-")]
    private static partial Regex Record();

    [GeneratedRegex("^space:", RegexOptions.Multiline)]
    private static partial Regex Space();
}
