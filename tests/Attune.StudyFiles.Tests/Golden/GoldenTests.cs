namespace Attune.StudyFiles.Tests.Golden;

public sealed class GoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        if (Environment.GetEnvironmentVariable("ATTUNE_UPDATE_GOLDEN") == "1")
            GoldenFile.Write(GoldenFile.Read());
        var data = new TheoryData<string, string>();
        foreach (var one in GoldenFile.Read())
        {
            foreach (var culture in Cultures.All)
                data.Add(one.Title, culture);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_WrongStudyFile_SaysWhatTheTableSays(string title, string culture)
    {
        var one = GoldenFile.Read().Single(one => one.Title == title);

        Assert.Equal(one.Messages.ToString().TrimEnd('\n'), Cultures.Under(culture, () => GoldenFile.Messages(one)).TrimEnd('\n'));
    }

    [Fact]
    public void Table_HasAtLeastFortyCases_AndEveryOneSaysSomething()
    {
        var cases = GoldenFile.Read();

        Assert.True(cases.Count >= 40, $"There are {cases.Count} cases.");
        Assert.All(cases, one => Assert.NotEqual("", one.Messages.ToString().Trim()));
        Assert.Equal(cases.Count, cases.Select(one => one.Title).Distinct().Count());
    }
}
