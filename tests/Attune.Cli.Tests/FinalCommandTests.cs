using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>The command that measures the best trials in the end.</summary>
public sealed class FinalCommandTests : BowlTests
{
    [Fact]
    public async Task Run_FinalCommandFails_FailsButKeepsTheResult()
    {
        Shell.Write("final.sh", "echo no test data >&2; exit 4\n");

        var result = await Shell.RunAsync("run");

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("the final command failed:", result.Output, StringComparison.Ordinal);
        Assert.Contains("no test data", result.Output, StringComparison.Ordinal);
        Assert.Contains("best: loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FinalCommand_RunsOnceForTheBestTrialAndIsKept()
    {
        Shell.Write("final.sh", "echo ran >> finals.txt; echo 'attune: {\"test_loss\": 0.5}'\n");
        await Shell.OutputOfAsync("run");

        var again = await Shell.OutputOfAsync("run");

        Assert.Contains("final: test_loss 0.5", again, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Shell.PathOf("finals.txt"), TestContext.Current.CancellationToken));
        var best = (await Shell.RunAsync("best", "--json")).Json;
        Assert.Equal("""{"test_loss":0.5}""", best.GetProperty("final").GetRawText());
        Assert.Contains("final: test_loss 0.5", await Shell.OutputOfAsync("best"), StringComparison.Ordinal);
        Assert.Contains("final: test_loss 0.5", await Shell.OutputOfAsync("show"), StringComparison.Ordinal);
        var number = best.GetProperty("number").GetInt32();
        Assert.Contains("final: test_loss 0.5", await Shell.OutputOfAsync("show", "--trial", $"{number}"), StringComparison.Ordinal);
        var trials = (await Shell.RunAsync("trials", "--json")).Lines;
        Assert.Equal([number], trials.Where(trial => trial.GetProperty("final").ValueKind == JsonValueKind.Object)
            .Select(trial => trial.GetProperty("number").GetInt32()));
        var table = (await Shell.OutputOfAsync("export", "--format", "csv")).Split('\n');
        Assert.EndsWith(",final.test_loss", table[0], StringComparison.Ordinal);
        Assert.EndsWith(",0.5", table[1 + number], StringComparison.Ordinal);

        // Another command measures something else.
        Study("command: sh bowl.sh {x}\nfinal: sh final.sh {x} --other");
        await Shell.OutputOfAsync("run");
        Assert.Equal(2, (await File.ReadAllLinesAsync(Shell.PathOf("finals.txt"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Run_FinalCommandFailed_IsTriedAgain()
    {
        Shell.Write("final.sh", "echo no test data >&2; exit 4\n");
        await Shell.RunAsync("run");
        Assert.Contains("final: failed: exit code 4", await Shell.OutputOfAsync("best"), StringComparison.Ordinal);
        Shell.Write("final.sh", "echo 'attune: {\"test_loss\": 0.25}'\n");

        var output = await Shell.OutputOfAsync("run");

        Assert.Contains("final: test_loss 0.25", output, StringComparison.Ordinal);
        Assert.Contains("final: test_loss 0.25", await Shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeveralObjectives_EvaluatesEachTrialOfTheFrontOnce()
    {
        Shell.Write("two.sh", "awk -v x=$1 'BEGIN { printf \"attune: {\\\"a\\\": %.17g, \\\"b\\\": %.17g}\\n\", x, 1 - x }'\n");
        Shell.Write("final.sh", "echo $1 >> finals.txt; echo \"attune: {\\\"test\\\": $1}\"\n");
        Study("command: sh two.sh {x}\nfinal: sh final.sh {x}");
        var text = await File.ReadAllTextAsync(Shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        Shell.Write("study.yaml", text.Replace("minimize: loss", "objectives: [{metric: a, direction: minimize}, {metric: b, direction: minimize}]", StringComparison.Ordinal));

        var lines = (await Shell.RunAsync("run", "--json")).Lines;

        var finals = lines[^1].GetProperty("finals").EnumerateArray().ToArray();
        Assert.Equal(3, finals.Length);
        Assert.Equal(JsonValueKind.Null, lines[^1].GetProperty("final").ValueKind);
        await Shell.OutputOfAsync("run");
        Assert.Equal(3, (await File.ReadAllLinesAsync(Shell.PathOf("finals.txt"), TestContext.Current.CancellationToken)).Length);
        Assert.All((await Shell.RunAsync("best", "--json")).Lines, trial => Assert.Equal(
            trial.GetProperty("configuration").GetProperty("x").GetDouble(), trial.GetProperty("final").GetProperty("test").GetDouble()));
        Assert.Contains("final of trial 0: test ", await Shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }
}
