using System.Text;

namespace Attune.StudyFiles.Tests;

public sealed class StudyFileLoadTests : IDisposable
{
    private const string Text = "minimize: loss\nspace: {x: bool}\ncommand: train {x} # größer\nbudget: {trials: 3}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("attune-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NoFile_SaysSo() => Assert.Equal([$"1:1 There is no file '{Place("none.yaml")}'."], Mistakes(Place("none.yaml")));

    [Fact]
    public void Load_NoFolder_SaysSo() =>
        Assert.Equal([$"1:1 There is no file '{Place("no/none.yaml")}'."], Mistakes(Place("no/none.yaml")));

    [Fact]
    public void Load_Folder_SaysSo() => Assert.Equal([$"1:1 '{_folder}' is a folder; name the study file in it."], Mistakes(_folder));

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    public void Load_ImpossiblePath_SaysSo(string path) => Assert.Single(Mistakes(path));

    [Fact]
    public void Load_TooLarge_SaysSo() =>
        Assert.Equal(["1:1 The file is larger than 1 MiB; is this really a study file?"], Mistakes(Written(new byte[(1 << 20) + 1])));

    [Fact]
    public void Load_Binary_NamesTheCharacter() =>
        Assert.Equal(["2:2 The character U+0000 cannot stand in a text file; is this really a study file?"],
            Mistakes(Written("a\nb\0c"u8.ToArray())));

    [Fact]
    public void Load_AnotherEncoding_NamesTheByte() => Assert.Equal(
        ["3:24 The byte F6 is not UTF-8; save the file in the encoding UTF-8."], Mistakes(Written(Encoding.Latin1.GetBytes(Text))));

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    public void Load_UnicodeEncodings_AreRead(string encoding, bool hasMark)
    {
        var code = Encoding.GetEncoding(encoding);
        var path = Written([.. hasMark ? code.GetPreamble() : [], .. code.GetBytes(Text.ReplaceLineEndings("\r\n"))]);
        var result = StudyFile.Load(path, TestMethods.All);

        Assert.Empty(result.Mistakes);
        Assert.Equal((_folder, "study"), (result.File!.Folder, result.File.Name));
    }

    [Theory]
    [InlineData("nested lists", "[", 100_000)]
    [InlineData("nested mappings", "{a: ", 100_000)]
    [InlineData("nested block lists", "- ", 100_000)]
    [InlineData("anchors", "&a ", 100_000)]
    [InlineData("keys", "? ", 100_000)]
    [InlineData("quotes", "'", 999_999)]
    [InlineData("one word", "a", 1_000_000)]
    [InlineData("colons", ":", 1_000_000)]
    [InlineData("items", "- a\n", 250_000)]
    [InlineData("comments", "#\n", 400_000)]
    [InlineData("directives", "%a\n", 300_000)]
    [InlineData("documents", "---\n", 200_000)]
    public void Parse_EndlessRepetition_EndsWithAFewMistakes(string what, string part, int count) => Assert.InRange(
        StudyFile.Parse(new StringBuilder().Insert(0, part, count).ToString(), $"{what}.yaml", TestMethods.All).Mistakes.Count, 1, 100);

    [Fact]
    public void Parse_AliasBomb_IsRefusedBeforeItIsWrittenOut()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 30; level++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        Assert.Contains("more than 100000 values",
            Assert.Single(StudyFile.Parse(text.ToString(), "bomb.yaml", TestMethods.All).Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyParametersWithConditions_IsRead()
    {
        var text = new StringBuilder("minimize: loss\nspace:\n  x0: [1, 2, 3]\n");
        for (var index = 1; index < 3000; index++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"  x{index}: {{type: int, low: 1, high: 3, when: x{index - 1} > 1}}\n");

        Assert.Empty(StudyFile.Parse(text.ToString(), "many.yaml", TestMethods.All).Mistakes.Select(mistake => mistake.ToString()));
    }

    private static IEnumerable<string> Mistakes(string path) => StudyFile.Load(path, TestMethods.All).Mistakes
        .Select(mistake => mistake.ToString());

    private string Place(string name) => Path.Combine(_folder, name);

    private string Written(byte[] bytes)
    {
        File.WriteAllBytes(Place("study.yaml"), bytes);
        return Place("study.yaml");
    }
}
