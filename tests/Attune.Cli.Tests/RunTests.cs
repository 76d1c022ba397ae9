using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Attune.Cli.Tests;

/// <summary>Runs in this process with real programs.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Shell _shell = new();

    public RunTests()
    {
        _shell.Write("bowl.sh", "echo working on $1\nawk -v x=$1 'BEGIN { printf \"attune: {\\\"loss\\\": %.17g}\\n\", (x - 0.3) ^ 2 }'\n");
        Study("command: sh bowl.sh {x}\nfinal: sh final.sh {x}");
        _shell.Write("final.sh", "echo 'attune: {\"test_loss\": 0.5}'\n");
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Run_Redirected_PrintsALineForEachTrialAndTheEnd() =>
        GoldenFile.Check("run.txt", _shell.Scrub(await _shell.OutputOfAsync("run", "study.yaml")));

    [Fact]
    public async Task Run_Quiet_PrintsTheEndOnly() =>
        GoldenFile.Check("run-quiet.txt", _shell.Scrub(await _shell.OutputOfAsync("run", "--quiet")));

    [Fact]
    public async Task Run_Json_PrintsEventsAndTheEndAsLines()
    {
        var lines = (await _shell.RunAsync("run", "--json")).Lines;

        Assert.Equal(
            ["started", "measured", "finished", "started", "measured", "finished", "started", "measured", "finished", "ended"],
            lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal(0.5, lines[^1].GetProperty("final").GetProperty("test_loss").GetDouble());
        Assert.Equal("trials", lines[^1].GetProperty("study").GetProperty("ended").GetString());
        Assert.False(lines[^1].GetProperty("interrupted").GetBoolean());

        // What is recommended belongs to the study; attune best tells it beside the trial.
        Assert.Equal(Members((await _shell.RunAsync("best", "--json")).Lines[0]), Members(lines[^1].GetProperty("study").GetProperty("best")));

        static IEnumerable<string> Members(JsonElement trial) =>
            trial.EnumerateObject().Where(member => member.Name != "recommended").Select(member => member.ToString());
    }

    [Fact]
    public async Task Run_Finished_GoesOnWithMoreTrials()
    {
        await _shell.OutputOfAsync("run");

        var output = await _shell.OutputOfAsync("run", "--trials", "5");

        Assert.Contains("3 of 5 trials finished", output, StringComparison.Ordinal);
        Assert.Equal(5, (await _shell.RunAsync("trials", "--json")).Lines.Count);
    }

    [Fact]
    public async Task Run_Enqueued_TriesItFirst()
    {
        await _shell.OutputOfAsync("run");
        await _shell.OutputOfAsync("enqueue", "x=0.3");

        await _shell.OutputOfAsync("run", "--trials", "4");

        Assert.Equal("""{"x":0.3}""", (await _shell.RunAsync("best", "--json")).Json.GetProperty("configuration").GetRawText());
    }

    [Fact]
    public async Task Run_EveryTrialFails_FailsAndShowsTheLastReason()
    {
        Study("command: sh -c 'echo no such data >&2; exit 3'");

        var result = await _shell.RunAsync("run");

        Assert.Equal(ExitCode.Failed, result.Code);
        GoldenFile.Check("run-failed.txt", _shell.Scrub(result.Output));
    }

    [Fact]
    public async Task Run_SetUpFails_ShowsItsOutputAndStartsNothing()
    {
        Study("setup: sh -c 'echo building; echo missing header; exit 7'\ncommand: sh bowl.sh {x}");

        var result = await _shell.RunAsync("run");

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
        Assert.Empty((await _shell.RunAsync("trials", "--json")).Lines);
    }

    [Fact]
    public async Task Run_FinalCommandFails_FailsButKeepsTheResult()
    {
        _shell.Write("final.sh", "echo no test data >&2; exit 4\n");

        var result = await _shell.RunAsync("run");

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("the final command failed:", result.Output, StringComparison.Ordinal);
        Assert.Contains("no test data", result.Output, StringComparison.Ordinal);
        Assert.Contains("best: loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FinalCommand_RunsOnceForTheBestTrialAndIsKept()
    {
        _shell.Write("final.sh", "echo ran >> finals.txt; echo 'attune: {\"test_loss\": 0.5}'\n");
        await _shell.OutputOfAsync("run");

        var again = await _shell.OutputOfAsync("run");

        Assert.Contains("final: test_loss 0.5", again, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(_shell.PathOf("finals.txt"), TestContext.Current.CancellationToken));
        var best = (await _shell.RunAsync("best", "--json")).Json;
        Assert.Equal("""{"test_loss":0.5}""", best.GetProperty("final").GetRawText());
        Assert.Contains("final: test_loss 0.5", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
        Assert.Contains("final: test_loss 0.5", await _shell.OutputOfAsync("show"), StringComparison.Ordinal);
        var number = best.GetProperty("number").GetInt32();
        Assert.Contains("final: test_loss 0.5", await _shell.OutputOfAsync("show", "--trial", $"{number}"), StringComparison.Ordinal);
        var trials = (await _shell.RunAsync("trials", "--json")).Lines;
        Assert.Equal([number], trials.Where(trial => trial.GetProperty("final").ValueKind == System.Text.Json.JsonValueKind.Object)
            .Select(trial => trial.GetProperty("number").GetInt32()));
        var table = (await _shell.OutputOfAsync("export", "--format", "csv")).Split('\n');
        Assert.EndsWith(",final.test_loss", table[0], StringComparison.Ordinal);
        Assert.EndsWith(",0.5", table[1 + number], StringComparison.Ordinal);

        // Another command measures something else.
        Study("command: sh bowl.sh {x}\nfinal: sh final.sh {x} --other");
        await _shell.OutputOfAsync("run");
        Assert.Equal(2, (await File.ReadAllLinesAsync(_shell.PathOf("finals.txt"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Run_FinalCommandFailed_IsTriedAgain()
    {
        _shell.Write("final.sh", "echo no test data >&2; exit 4\n");
        await _shell.RunAsync("run");
        Assert.Contains("final: failed: exit code 4", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
        _shell.Write("final.sh", "echo 'attune: {\"test_loss\": 0.25}'\n");

        var output = await _shell.OutputOfAsync("run");

        Assert.Contains("final: test_loss 0.25", output, StringComparison.Ordinal);
        Assert.Contains("final: test_loss 0.25", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeveralObjectives_EvaluatesEachTrialOfTheFrontOnce()
    {
        _shell.Write("two.sh", "awk -v x=$1 'BEGIN { printf \"attune: {\\\"a\\\": %.17g, \\\"b\\\": %.17g}\\n\", x, 1 - x }'\n");
        _shell.Write("final.sh", "echo $1 >> finals.txt; echo \"attune: {\\\"test\\\": $1}\"\n");
        Study("command: sh two.sh {x}\nfinal: sh final.sh {x}");
        var text = await File.ReadAllTextAsync(_shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        _shell.Write("study.yaml", text.Replace("minimize: loss", "objectives: [{metric: a, direction: minimize}, {metric: b, direction: minimize}]", StringComparison.Ordinal));

        var lines = (await _shell.RunAsync("run", "--json")).Lines;

        var finals = lines[^1].GetProperty("finals").EnumerateArray().ToArray();
        Assert.Equal(3, finals.Length);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, lines[^1].GetProperty("final").ValueKind);
        await _shell.OutputOfAsync("run");
        Assert.Equal(3, (await File.ReadAllLinesAsync(_shell.PathOf("finals.txt"), TestContext.Current.CancellationToken)).Length);
        Assert.All((await _shell.RunAsync("best", "--json")).Lines, trial => Assert.Equal(
            trial.GetProperty("configuration").GetProperty("x").GetDouble(), trial.GetProperty("final").GetProperty("test").GetDouble()));
        Assert.Contains("final of trial 0: test ", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GridIsDone_SaysThatNothingIsLeft()
    {
        var text = await File.ReadAllTextAsync(_shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        _shell.Write("study.yaml", text.Replace("sampler: sobol", "sampler: grid", StringComparison.Ordinal));

        var output = await _shell.OutputOfAsync("run", "--trials", "50");

        Assert.Contains("the sampler has nothing more to propose", output, StringComparison.Ordinal);
        Assert.Contains("; nothing is left to try in it: a larger space or another sampler would go on", output, StringComparison.Ordinal);
        Assert.DoesNotContain("go on with", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TimeIsUsedUp_SaysHowMuchMoreToGive()
    {
        var result = await _shell.RunAsync("run", "--time", "1ms", "--trials", "1000");

        Assert.Contains("go on with: attune run study.yaml --time 1s", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramReportsAMistake_Warns()
    {
        Study("command: \"sh -c 'echo attune: oops; sh bowl.sh {x}'\"");

        var output = await _shell.OutputOfAsync("run");

        Assert.Contains("warning: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  x: float(0, 2)", 0, "the space has grown")]
    [InlineData("  x: float(0, 1)\n  n: int(1, 3)", 0, "earlier trials count with n=2")]
    [InlineData("  x: float(0, 0.5)", 2, "may only grow")]
    [InlineData("  x: int(0, 1)", 2, "may only grow")]
    public async Task Run_SpaceChanged_GrowsOrRefuses(string space, int code, string message)
    {
        await _shell.OutputOfAsync("run");
        Study("command: sh bowl.sh {x}", space);

        var result = await _shell.RunAsync("run", "--trials", "4");

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ObjectiveAndSeedChanged_NamesBoth()
    {
        await _shell.OutputOfAsync("run");
        var text = await File.ReadAllTextAsync(_shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        _shell.Write("study.yaml", text.Replace("minimize: loss", "maximize: loss\nseed: 7", StringComparison.Ordinal));

        var result = await _shell.RunAsync("run");

        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.StartsWith(
            "attune: the study 'bowl' keeps for life what it began with, but objectives was minimize loss and is now maximize loss; "
            + "seed was 0 and is now 7; trials of both would not compare\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RetriesChanged_NamesBothValues()
    {
        await _shell.OutputOfAsync("run");
        await File.AppendAllTextAsync(_shell.PathOf("study.yaml"), "retries: {failed: 3}\n", TestContext.Current.CancellationToken);

        var result = await _shell.RunAsync("run");

        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("retries was 20 attempts when lost and 1 when failed and is now 20 attempts when lost and 3 when failed", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainWithoutTheOption_KeepsTheBudgetThatWasChangedAndSaysSo()
    {
        await _shell.OutputOfAsync("run");
        await _shell.OutputOfAsync("run", "--trials", "5");

        var again = await _shell.RunAsync("run");

        Assert.Equal(0, again.Code);
        Assert.Equal("attune: the budget is 5 trials, as it was changed last; the file names 3 trials, and --trials and --time change it\n",
            again.Error);
        Assert.Contains("5 trials: 5 completed", again.Output, StringComparison.Ordinal);

        var text = await File.ReadAllTextAsync(_shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        _shell.Write("study.yaml", text.Replace("trials: 3", "trials: 6", StringComparison.Ordinal));
        var changed = await _shell.RunAsync("run");
        Assert.Equal("attune: the budget is now 6 trials; before it was 5 trials\n", changed.Error);
        Assert.Contains("6 trials: 6 completed", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SamplerChanged_GoesOnWithTheOther()
    {
        await _shell.OutputOfAsync("run");
        var text = await File.ReadAllTextAsync(_shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        _shell.Write("study.yaml", text.Replace("sampler: sobol", "sampler: random", StringComparison.Ordinal));

        var result = await _shell.RunAsync("run", "--trials", "4");

        Assert.Equal(0, result.Code);
        Assert.Equal("attune: the sampler is now random v1; before it was sobol v1\n", result.Error);
    }

    [Fact]
    public async Task Run_OtherStore_LeavesTheFilesStoreAlone()
    {
        await _shell.OutputOfAsync("run", "--store", "elsewhere/other.db");

        Assert.True(File.Exists(_shell.PathOf("elsewhere/other.db")));
        Assert.False(File.Exists(Path.Combine(_shell.Folder, "bowl.db")));
    }

    [Fact]
    public async Task Doctor_SoundStudy_FindsEverythingWell()
    {
        await _shell.OutputOfAsync("run");

        GoldenFile.Check("doctor.txt", _shell.Scrub(await _shell.OutputOfAsync("doctor")));
    }

    [Fact]
    public async Task Doctor_Always_LeavesTheStudyAlone()
    {
        await _shell.OutputOfAsync("run");
        var before = await _shell.OutputOfAsync("trials", "--json");

        await _shell.OutputOfAsync("doctor");

        Assert.Equal(before, await _shell.OutputOfAsync("trials", "--json"));
    }

    [Theory]
    [InlineData("command: sh missing.sh {x}", "failed   program")]
    [InlineData("command: no-such-program {x}", "'no-such-program' was not found")]
    [InlineData("command: \"sh -c 'echo {x}'\"", "it reported no metric, but not 'loss'")]
    [InlineData("command: \"sh -c 'echo {x}'\"\nmetrics: {loss: 'loss = (\\S+)'}", "did not match its output")]
    [InlineData("command: sh bowl.sh {x}\nsetup: sh -c 'exit 3'", "failed   set-up")]
    [InlineData("command: sh bowl.sh {x}\nworking_folder: nowhere", "the working folder does not exist")]
    [InlineData("command: sh bowl.sh {y}", "{y} is unknown")]
    public async Task Doctor_WrongProgram_SaysWhat(string program, string message)
    {
        Study(program);

        var result = await _shell.RunAsync("doctor");

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_IsALineForEachCheck()
    {
        var lines = (await _shell.RunAsync("doctor", "--json")).Lines;

        Assert.Equal(["study file", "program", "store"], lines.Select(line => line.GetProperty("check").GetString()));
        Assert.All(lines, line => Assert.Equal("ok", line.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task Doctor_Rebuild_MakesTheRowsThatQueriesReadAnew()
    {
        await _shell.OutputOfAsync("run");
        var before = await _shell.OutputOfAsync("trials", "--json");
        Execute("UPDATE trial_rows SET state = 'running', \"values\" = NULL, configuration = '{}' WHERE number = 0");
        Execute("DELETE FROM trial_rows WHERE number = 2");
        Assert.NotEqual(before, await _shell.OutputOfAsync("trials", "--json"));

        var output = await _shell.OutputOfAsync("doctor", "--store", "bowl.db", "--rebuild");

        Assert.StartsWith("ok       rebuild: made 3 rows of trials anew from their events\n", output, StringComparison.Ordinal);
        Assert.Equal(before, await _shell.OutputOfAsync("trials", "--json"));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_shell.Folder, "bowl.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Study(string program, string space = "  x: float(0, 1)") => _shell.Write(
        "study.yaml", $"name: bowl\nminimize: loss\nspace:\n{space}\nsampler: sobol\nbudget: {{trials: 3}}\n{program}\n");
}
