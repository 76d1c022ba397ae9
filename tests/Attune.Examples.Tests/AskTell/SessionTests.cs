using AskTell;

namespace Attune.Examples.Tests.AskTell;

public sealed class SessionTests
{
    [Fact]
    public async Task RunAsync_InTwoSessions_GivesTheSameTrialsAsInOne()
    {
        using var folder = new TemporaryFolder();
        var (whole, parts) = (new StringWriter(), new StringWriter());

        var best = await Session.RunAsync("sobol", int.MaxValue, folder.File("whole.db"), whole);
        await Session.RunAsync("sobol", 11, folder.File("parts.db"), parts);
        var bestOfParts = await Session.RunAsync("sobol", int.MaxValue, folder.File("parts.db"), parts);

        Assert.Equal(30, Trials(whole).Length);
        Assert.Equal(Trials(whole), Trials(parts));
        Assert.Equal(best, bestOfParts);
        Assert.InRange(best!.Value, 0.3978, 10);
    }

    [Fact]
    public async Task RunAsync_AfterTheEnd_TriesNothingMore()
    {
        using var folder = new TemporaryFolder();
        var best = await Session.RunAsync("random", int.MaxValue, folder.File("study.db"), TextWriter.Null);
        var again = new StringWriter();

        Assert.Equal(best, await Session.RunAsync("random", int.MaxValue, folder.File("study.db"), again));

        Assert.Empty(Trials(again));
    }

    private static string[] Trials(StringWriter output) =>
        [.. output.ToString().Split('\n').Where(line => line.StartsWith("trial ", StringComparison.Ordinal))];
}
