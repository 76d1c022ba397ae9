namespace Attune.Cli.Tests;

/// <summary>Runs that go on with a study after its file or the options have changed.</summary>
public sealed class RunAgainTests : BowlTests
{
    [Fact]
    public async Task Run_Finished_GoesOnWithMoreTrials()
    {
        await Shell.OutputOfAsync("run");

        var output = await Shell.OutputOfAsync("run", "--trials", "5");

        Assert.Contains("3 of 5 trials finished", output, StringComparison.Ordinal);
        Assert.Equal(5, (await Shell.RunAsync("trials", "--json")).Lines.Count);
    }

    [Theory]
    [InlineData("  x: float(0, 2)", 0, "the space has grown")]
    [InlineData("  x: float(0, 1)\n  n: int(1, 3)", 0, "earlier trials count with n=2")]
    [InlineData("  x: float(0, 0.5)", 2, "may only grow")]
    [InlineData("  x: int(0, 1)", 2, "may only grow")]
    public async Task Run_SpaceChanged_GrowsOrRefuses(string space, int code, string message)
    {
        await Shell.OutputOfAsync("run");
        Study("command: sh bowl.sh {x}", space);

        var result = await Shell.RunAsync("run", "--trials", "4");

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ObjectiveAndSeedChanged_NamesBoth()
    {
        await Shell.OutputOfAsync("run");
        var text = await File.ReadAllTextAsync(Shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        Shell.Write("study.yaml", text.Replace("minimize: loss", "maximize: loss\nseed: 7", StringComparison.Ordinal));

        var result = await Shell.RunAsync("run");

        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.StartsWith(
            "attune: the study 'bowl' keeps for life what it began with, but objectives was minimize loss and is now maximize loss; "
            + "seed was 0 and is now 7; trials of both would not compare\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RetriesChanged_NamesBothValues()
    {
        await Shell.OutputOfAsync("run");
        await File.AppendAllTextAsync(Shell.PathOf("study.yaml"), "retries: {failed: 3}\n", TestContext.Current.CancellationToken);

        var result = await Shell.RunAsync("run");

        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains("retries was 20 attempts when lost and 1 when failed and is now 20 attempts when lost and 3 when failed", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainWithoutTheOption_KeepsTheBudgetThatWasChangedAndSaysSo()
    {
        await Shell.OutputOfAsync("run");
        await Shell.OutputOfAsync("run", "--trials", "5");

        var again = await Shell.RunAsync("run");

        Assert.Equal(0, again.Code);
        Assert.Equal("attune: the budget is 5 trials, as it was changed last; the file names 3 trials, and --trials and --time change it\n",
            again.Error);
        Assert.Contains("5 trials: 5 completed", again.Output, StringComparison.Ordinal);

        var text = await File.ReadAllTextAsync(Shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        Shell.Write("study.yaml", text.Replace("trials: 3", "trials: 6", StringComparison.Ordinal));
        var changed = await Shell.RunAsync("run");
        Assert.Equal("attune: the budget is now 6 trials; before it was 5 trials\n", changed.Error);
        Assert.Contains("6 trials: 6 completed", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SamplerChanged_GoesOnWithTheOther()
    {
        await Shell.OutputOfAsync("run");
        var text = await File.ReadAllTextAsync(Shell.PathOf("study.yaml"), TestContext.Current.CancellationToken);
        Shell.Write("study.yaml", text.Replace("sampler: sobol", "sampler: random", StringComparison.Ordinal));

        var result = await Shell.RunAsync("run", "--trials", "4");

        Assert.Equal(0, result.Code);
        Assert.Equal("attune: the sampler is now random v1; before it was sobol v1\n", result.Error);
    }
}
