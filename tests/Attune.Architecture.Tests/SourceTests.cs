using System.Text.RegularExpressions;

namespace Attune.Architecture.Tests;

public sealed partial class SourceTests
{
    // What would make a proposal depend on anything but the journal. Time and identity that are merely named as types are data.
    private static readonly string[] Impure =
    [
        "System.IO", "File", "Directory", "FileStream", "FileInfo", "Thread", "ThreadPool", "Task.Run", "Task.Delay", "Parallel",
        "Timer", "PeriodicTimer", "SemaphoreSlim", "Monitor", "Environment", "Process", "Stopwatch", "TimeProvider",
        "Random.Shared", "Guid.NewGuid", "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now",
        "DateTimeOffset.UtcNow", "HttpClient", "Socket",
    ];

    // Types that nobody can derive from elsewhere, each of a few lines: a reader takes in the whole family at once.
    private static readonly string[] ClosedHierarchies =
    [
        "Attune.Core/Events/StudyEvent.cs", "Attune.Core/Events/StudyEvents.cs", "Attune.Core/Events/TrialEvents.cs",
        "Attune.Core/Spaces/Prior.cs",
    ];

    public static TheoryData<string> Rooms => [.. Repository.Projects.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("Attune.Core")]
    [InlineData("Attune.Algorithms")]
    [InlineData("Attune.Numerics")]
    public void Sources_OfThePureRooms_UseNoClockThreadOrFile(string project)
    {
        foreach (var (name, text) in Repository.Sources(project))
        {
            var code = Comment().Replace(Text().Replace(text, "\"\""), "");
            Assert.All(Impure, word => Assert.False(
                Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(word)}(?=\s*[.(;<])"),
                $"{project}/{name} uses {word}; take it from Attune.Runtime or from the journal."));
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Sources_OfEveryRoom_HoldOnePublicTypeAFile(string project)
    {
        foreach (var (name, text) in Repository.Sources(project))
        {
            var types = PublicType().Matches(text).Select(match => match.Groups["name"].Value).Distinct().ToArray();
            Assert.True(types.Length <= 1 || ClosedHierarchies.Contains($"{project}/{name}"),
                $"{project}/{name} holds {string.Join(", ", types)}: give each a file.");
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Sources_OfEveryRoom_AreShortAndFinished(string project)
    {
        foreach (var (name, text) in Repository.Sources(project))
        {
            Assert.True(LinesOf(text) <= 300, $"{project}/{name} has {LinesOf(text)} lines.");
            Assert.False(Unfinished().IsMatch(text), $"{project}/{name} holds a mark of unfinished work.");
        }
    }

    [Theory]
    [InlineData("src")]
    [InlineData("benchmarks")]
    public void Sources_OfEveryFolder_KeepToTheWidthOfTheHouse(string folder)
    {
        foreach (var (name, text) in Repository.SourcesIn(folder))
            Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 140, $"{folder}/{name}: a line of {line.Length} columns."));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_OfEveryRoom_DemandsDocumentation(string project)
    {
        // The build generates documentation for src and makes a missing comment an error; nobody may switch that off.
        var text = Repository.Projects[project].ToString();
        Assert.DoesNotContain("CS1591", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GenerateDocumentationFile", text, StringComparison.Ordinal);
        Assert.DoesNotContain("TreatWarningsAsErrors", text, StringComparison.Ordinal);
        Assert.All(Repository.Sources(project), source => Assert.DoesNotContain("disable CS1591", source.Text, StringComparison.Ordinal));
        var shared = File.ReadAllText(Path.Combine(Repository.Root, "src", "Directory.Build.props"));
        Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", shared, StringComparison.Ordinal);
        Assert.DoesNotContain("CS1591", shared, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Attune")]
    [InlineData("Attune.Core")]
    [InlineData("Attune.Testing")]
    public void Project_ThatUsersProgramAgainst_HasAReviewedPublicApi(string project) =>
        Assert.Equal("true", Repository.Projects[project].Descendants("HasPublicApiFile").Single().Value);

    [Theory]
    [InlineData("Attune.Numerics")]
    [InlineData("Attune.Core")]
    [InlineData("Attune.Algorithms")]
    [InlineData("Attune.Runtime")]
    public void Project_OfTheFoundation_IsReadyForAheadOfTimeCompilation(string project) =>
        Assert.Equal("true", Repository.Projects[project].Descendants("IsAotCompatible").Single().Value);

    [Fact]
    public void InternalsVisibleTo_OfEveryRoom_NamesTestsAlone() =>
        Assert.All(Repository.Projects, project => Assert.All(
            project.Value.Descendants("InternalsVisibleTo").Select(friend => (string?)friend.Attribute("Include")),
            friend => Assert.Equal(project.Key + ".Tests", friend)));

    /// <summary>What is awaited at a place: up to the end of the statement, or to the bracket that closes around it.</summary>
    private static string Awaited(string code, int start)
    {
        var end = start;
        for (var depth = 0; depth >= 0 && !(depth == 0 && code[end] == ';'); end++)
            depth += code[end] is '(' or '{' or '[' ? 1 : code[end] is ')' or '}' or ']' ? -1 : 0;
        return code[start..end];
    }

    private static int LinesOf(string text) => text.Count(sign => sign == '\n');

    [GeneratedRegex(
        """
        ^public\s+(?:(?:static|sealed|abstract|readonly|partial|ref)\s+)*
        (?:class|record\s+struct|record|struct|interface|enum|delegate\s+\S+)\s+(?<name>\w+)
        """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bawait\s+(?!using\b|foreach\b)")]
    private static partial Regex Await();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Text();
}
