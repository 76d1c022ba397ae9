using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>Real processes that run real programs: what is lost when they are killed, interrupted, or several.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Shell _shell = new();

    public ProcessTests() => Write(_shell, "random", 12, "");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Version_AsAProcess_PrintsOneLine()
    {
        using var process = AttuneProcess.Start(_shell, "--version");

        var result = await process.EndAsync();

        Assert.Equal(0, result.Code);
        Assert.Equal(CommandLine.Version, result.Output.Trim());
    }

    [Theory]
    [InlineData("random", new[] { 2 })]
    [InlineData("sobol", new[] { 0, 5, 9 })]
    [InlineData("gp-ucb", new[] { 1, 8 })]
    public async Task Run_KilledInTheMiddle_ResumesToTheUndisturbedStudy(string sampler, int[] killedAfter)
    {
        using var undisturbed = new Shell();
        Write(undisturbed, sampler, 12, "");
        Write(_shell, sampler, 12, "");
        await undisturbed.OutputOfAsync("run");

        foreach (var trial in killedAfter)
        {
            using var killed = AttuneProcess.Start(_shell, "run");
            await killed.LineAsync($"trial {trial} completed");
            await killed.KillAsync();
        }

        await _shell.OutputOfAsync("run");

        Assert.Equal(await OutcomesAsync(undisturbed), await OutcomesAsync(_shell));
    }

    [Fact]
    public async Task Run_TwoProcessesOnOneStudy_ShareTheTrials()
    {
        Write(_shell, "sobol", 30, "");

        using var one = AttuneProcess.Start(_shell, "run");
        using var two = AttuneProcess.Start(_shell, "run");
        var results = await Task.WhenAll(one.EndAsync(), two.EndAsync());

        Assert.All(results, result => Assert.Equal(0, result.Code));
        var trials = (await _shell.RunAsync("trials", "--json")).Lines;
        Assert.Equal(Enumerable.Range(0, 30), trials.Select(trial => trial.GetProperty("number").GetInt32()));
        Assert.All(trials, trial => Assert.Equal("completed", trial.GetProperty("state").GetString()));
        var runs = await File.ReadAllLinesAsync(_shell.PathOf("runs.log"), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 30), runs.Select(int.Parse).Order());
    }

    [Theory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task Run_Signalled_EndsItsProgramPolitelyAndGoesOnLater(string signal, int code)
    {
        // The program says by a pipe that it runs, and waits there until it is told to end; told so, it says that too.
        await MakePipeAsync("ready");
        Write(_shell, "random", 2, "if [ ! -e ended ]; then trap 'echo ended > ended; exit 0' TERM; echo ready > ready; while :; do read "
            + "line < never || :; done; fi");
        await MakePipeAsync("never");
        using var process = AttuneProcess.Start(_shell, "run");
        Assert.Equal("ready\n", await File.ReadAllTextAsync(_shell.PathOf("ready"), TestContext.Current.CancellationToken));

        await process.SignalAsync(signal);
        var result = await process.EndAsync();

        Assert.Equal(code, result.Code);
        Assert.True(File.Exists(_shell.PathOf("ended")), "The program did not get the polite signal.");
        Assert.Contains("stopping: running programs are asked to end", result.Output, StringComparison.Ordinal);
        Assert.Contains("interrupted", result.Output, StringComparison.Ordinal);
        var trial = (await _shell.RunAsync("trials", "--json")).Json;
        Assert.Equal(("lost", true), (trial.GetProperty("state").GetString(), trial.GetProperty("will_retry").GetBoolean()));
        await _shell.OutputOfAsync("run");
        Assert.All((await _shell.RunAsync("trials", "--json")).Lines, one =>
            Assert.Equal("completed 1", $"{one.GetProperty("state")} {one.GetProperty("attempts")}"));
    }

    [Fact]
    public async Task Run_SignalledTwice_KillsAProgramThatDoesNotEnd()
    {
        await MakePipeAsync("ready");
        await MakePipeAsync("never");
        Write(_shell, "random", 2, "trap 'echo asked > ready' TERM; echo ready > ready; while :; do read line < never || :; done",
            grace: "1h");
        using var process = AttuneProcess.Start(_shell, "run");
        Assert.Equal("ready\n", await File.ReadAllTextAsync(_shell.PathOf("ready"), TestContext.Current.CancellationToken));

        await process.SignalAsync("INT");
        Assert.Equal("asked\n", await File.ReadAllTextAsync(_shell.PathOf("ready"), TestContext.Current.CancellationToken));
        await process.SignalAsync("INT");
        var result = await process.EndAsync();

        Assert.Equal(ExitCode.Interrupted, result.Code);
        Assert.Contains("killing the running programs", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_FromAnotherProcess_EndsTheRun()
    {
        await MakePipeAsync("ready");
        await MakePipeAsync("go");
        Write(_shell, "random", 12, "if [ $ATTUNE_TRIAL = 1 ]; then echo ready > ready; read line < go; fi");
        using var process = AttuneProcess.Start(_shell, "run");
        Assert.Equal("ready\n", await File.ReadAllTextAsync(_shell.PathOf("ready"), TestContext.Current.CancellationToken));

        await _shell.OutputOfAsync("stop");
        await File.WriteAllTextAsync(_shell.PathOf("go"), "go\n", TestContext.Current.CancellationToken);
        var result = await process.EndAsync();

        Assert.Equal(0, result.Code);
        Assert.Contains("2 trials: 2 completed; somebody asked it to stop", result.Output, StringComparison.Ordinal);
    }

    private static void Write(Shell shell, string sampler, int trials, string before, string grace = "10s")
    {
        shell.Write("study.yaml",
            $$"""
            name: bowl
            minimize: loss
            space:
              x: float(0, 1)
              y: int(1, 5)
            sampler: {{sampler}}
            budget: {trials: {{trials}}}
            grace: {{grace}}
            command: sh bowl.sh {x} {y}
            """);
        shell.Write("bowl.sh",
            $$"""
            {{before}}
            awk -v x=$1 -v y=$2 'BEGIN { printf "attune: {\"loss\": %.17g}\n", (x - 0.3) ^ 2 + (y - 2) ^ 2 }'
            echo $ATTUNE_TRIAL >> runs.log

            """.ReplaceLineEndings("\n"));
    }

    private static async Task<IReadOnlyList<string>> OutcomesAsync(Shell shell) =>
        [.. (await shell.RunAsync("trials", "--json")).Lines.Select(Outcome)];

    private static string Outcome(JsonElement trial) =>
        $"{trial.GetProperty("number")} {trial.GetProperty("state")} {trial.GetProperty("configuration").GetRawText()} "
            + $"{trial.GetProperty("values").GetRawText()}";

    private async Task MakePipeAsync(string name)
    {
        using var make = System.Diagnostics.Process.Start("mkfifo", [_shell.PathOf(name)]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
