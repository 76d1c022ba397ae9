using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>Runs in this process with real programs.</summary>
public sealed class RunTests : BowlTests
{
    [Fact]
    public async Task Run_Redirected_PrintsALineForEachTrialAndTheEnd() =>
        GoldenFile.Check("run.txt", Shell.Scrub(await Shell.OutputOfAsync("run", "study.yaml")));

    [Fact]
    public async Task Run_Quiet_PrintsTheEndOnly() =>
        GoldenFile.Check("run-quiet.txt", Shell.Scrub(await Shell.OutputOfAsync("run", "--quiet")));

    [Fact]
    public async Task Run_Json_PrintsEventsAndTheEndAsLines()
    {
        var lines = (await Shell.RunAsync("run", "--json")).Lines;

        Assert.Equal(
            ["started", "measured", "finished", "started", "measured", "finished", "started", "measured", "finished", "ended"],
            lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal(0.5, lines[^1].GetProperty("final").GetProperty("test_loss").GetDouble());
        Assert.Equal("trials", lines[^1].GetProperty("study").GetProperty("ended").GetString());
        Assert.False(lines[^1].GetProperty("interrupted").GetBoolean());

        // What is recommended belongs to the study; attune best tells it beside the trial.
        Assert.Equal(Members((await Shell.RunAsync("best", "--json")).Lines[0]), Members(lines[^1].GetProperty("study").GetProperty("best")));

        static IEnumerable<string> Members(JsonElement trial) =>
            trial.EnumerateObject().Where(member => member.Name != "recommended").Select(member => member.ToString());
    }

    [Fact]
    public async Task Run_Enqueued_TriesItFirst()
    {
        await Shell.OutputOfAsync("run");
        await Shell.OutputOfAsync("enqueue", "x=0.3");

        await Shell.OutputOfAsync("run", "--trials", "4");

        Assert.Equal("""{"x":0.3}""", (await Shell.RunAsync("best", "--json")).Json.GetProperty("configuration").GetRawText());
    }

    [Fact]
    public async Task Run_EveryTrialFails_FailsAndShowsTheLastReason()
    {
        Study("command: sh -c 'echo no such data >&2; exit 3'");

        var result = await Shell.RunAsync("run");

        Assert.Equal(ExitCode.Failed, result.Code);
        GoldenFile.Check("run-failed.txt", Shell.Scrub(result.Output));
    }

    [Fact]
    public async Task Run_SetUpFails_ShowsItsOutputAndStartsNothing()
    {
        Study("setup: sh -c 'echo building; echo missing header; exit 7'\ncommand: sh bowl.sh {x}");

        var result = await Shell.RunAsync("run");

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Equal(
            """
            attune: set-up: sh -c 'echo building; echo missing header; exit 7'
            building
            missing header
            attune: the set-up command failed: exit code 7
            attune: the command is: sh -c 'echo building; echo missing header; exit 7'
            attune: its whole output is in bowl.trials/bowl/setup

            """, result.Error, ignoreLineEndingDifferences: true);
        Assert.Empty((await Shell.RunAsync("trials", "--json")).Lines);
    }

    [Fact]
    public async Task Run_GridIsDone_SaysThatNothingIsLeft()
    {
        var text = await File.ReadAllTextAsync(Shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        Shell.Write("study.yaml", text.Replace("sampler: sobol", "sampler: grid", StringComparison.Ordinal));

        var output = await Shell.OutputOfAsync("run", "--trials", "50");

        Assert.Contains("the sampler has nothing more to propose", output, StringComparison.Ordinal);
        Assert.Contains("; nothing is left to try in it: a larger space or another sampler would go on", output, StringComparison.Ordinal);
        Assert.DoesNotContain("go on with", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TimeIsUsedUp_SaysHowMuchMoreToGive()
    {
        var result = await Shell.RunAsync("run", "--time", "1ms", "--trials", "1000");

        Assert.Contains("go on with: attune run study.yaml --time 1s", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramReportsAMistake_Warns()
    {
        Study("command: \"sh -c 'echo attune: oops; sh bowl.sh {x}'\"");

        var output = await Shell.OutputOfAsync("run");

        Assert.Contains("warning: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherStore_LeavesTheFilesStoreAlone()
    {
        await Shell.OutputOfAsync("run", "--store", "elsewhere/other.db");

        Assert.True(File.Exists(Shell.PathOf("elsewhere/other.db")));
        Assert.False(File.Exists(Path.Combine(Shell.Folder, "bowl.db")));
    }
}
