using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Attune.StudyFiles.Keys;

namespace Attune.StudyFiles.Tests;

/// <summary>What the repository shows to people as a study file is one.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("digits", 40)]
    [InlineData("shell", 30)]
    public void Example_IsReadWithoutMistakesAndWarnings(string example, int trials)
    {
        var result = StudyFile.Load(Path.Combine(Root(), "examples", example, "study.yaml"), TestMethods.All);

        Assert.Empty(result.Mistakes.Concat(result.Warnings).Select(mistake => mistake.ToString()));
        Assert.Equal(trials, result.File!.Budget.Trials);
    }

    [Fact]
    public void Page_EveryWholeExample_IsReadWithoutMistakesAndWarnings()
    {
        var examples = Block().Matches(Page()).Select(match => match.Groups["text"].Value)
            .Where(text => text.Contains("space:", StringComparison.Ordinal)).ToArray();

        Assert.True(examples.Length >= 2, "The page has a short and a full example.");
        Assert.All(examples, text =>
        {
            var result = StudyFile.Parse(text, "study.yaml", TestMethods.All);
            Assert.Empty(result.Mistakes.Concat(result.Warnings).Select(mistake => mistake.ToString()));
        });
    }

    [Fact]
    public void Page_NamesEveryKey()
    {
        var page = Page();

        Assert.All(StudyFileKeys.For(TestMethods.All).Keys, key => Assert.Contains($"`{key.Name}`", page, StringComparison.Ordinal));
        Assert.All(SpaceKeys.LongForm.Keys, key => Assert.Contains($"`{key.Name}`", page, StringComparison.Ordinal));
    }

    private static string Page() => File.ReadAllText(Path.Combine(Root(), "docs", "study-file.md"));

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
