using System.Globalization;
using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison.Tests;

/// <summary>Training runs in simulated time.</summary>
public sealed class FidelityTests : IDisposable
{
    // The first trial pauses after two steps and goes on when another began; the second stops after three.
    private const string Scripted =
        """random+scripted:hold=1:cues=[{"trial":0,"decision":"pause","resource":2},{"trial":1,"decision":"stop","resource":3}]""";

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("attune-fidelity-").FullName, "results.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    // Of ten units: 2 of trial 0, 3 of trial 1, the other 2 of trial 0, 3 of trial 2, which is cut. Lines at the marks 1, 2, 5 and 10 too.
    [Theory]
    [InlineData(true, "0:1:1:2 0:2:2:4 1:3:5:10 0:4:7:14 2:3:10:20")]
    [InlineData(false, "0:1:1:2 0:2:2:4 1:3:5:10 0:4:9:18 2:1:10:20")]
    public async Task Run_OfTrainingRuns_WritesALineWheneverARunEndsOrAMarkIsPassed(bool isResumable, string expected)
    {
        var lines = await RunAsync(Scripted, Line(isResumable), 10);
        Assert.Equal(expected, string.Join(' ', lines.Select(line => string.Create(
            CultureInfo.InvariantCulture, $"{line.Trial}:{line.Fidelity}:{line.CumulativeFidelity}:{line.SimulatedSeconds}"))));
        Assert.All(lines, line => Assert.Equal((10, null, false), (line.ResourceBudget, line.RecommendedFull, line.IsExhausted)));

        // The value is x + 1/r: whatever holds the best value so far, at full fidelity it is its own minus 1/r plus 1/4.
        var (best, full) = (double.PositiveInfinity, 0.0);
        foreach (var line in lines)
        {
            if (line.Values[0] < best)
                (best, full) = (line.Values[0], line.Values[0] - (1 / line.Fidelity!.Value) + 0.25);
            Assert.Equal(best, line.Best);
            Assert.Equal(full, line.IncumbentFull!.Value, 1e-12);
        }
    }

    [Fact]
    public async Task Run_Twice_WritesTheSameLines()
    {
        Assert.Equal(
            (await RunAsync(Scripted, Line(), 50)).Select(line => line with { AskSeconds = null }).Select(line => line.ToString()),
            (await RunAsync(Scripted, Line(), 50, "again")).Select(line => line with { AskSeconds = null }).Select(line => line.ToString()));
    }

    [Fact]
    public async Task Run_OnManyWorkers_SpendsTheSameInLessTime()
    {
        var problem = ProblemCatalog.All.Single(problem => problem.Name == "hartmann6_mf");
        var one = await RunAsync("random+run-to-completion", problem, 540);
        var many = await RunAsync("random+run-to-completion", problem, 540, plan: plan => plan with { Workers = 4 });
        Assert.Equal(("random+run-to-completion", "random+run-to-completion@4"), (one[0].Run.Sampler, many[0].Run.Sampler));
        Assert.Equal((540, 540, 540, 135), (one[^1].CumulativeFidelity, one[^1].SimulatedSeconds, many[^1].CumulativeFidelity, many[^1].SimulatedSeconds));
        Assert.Equal(one.Min(line => line.Values[0]), one[^1].Best);
        Assert.Equal(Enumerable.Range(0, 20), one.Where(line => line.Fidelity == 27).Select(line => line.Trial));
        Assert.All(one, line => Assert.Equal(line.CumulativeFidelity, line.SimulatedSeconds));
        Assert.All(one.Where(line => line.Best == line.Values[0] && line.Fidelity == 27), line => Assert.Equal(line.Best, line.IncumbentFull));
    }

    [Fact]
    public async Task Run_WithFaults_NamesThemAndSpendsTheBudget()
    {
        var lines = await RunAsync("random+run-to-completion", Line(), 400, plan: plan => plan with
        {
            Faults = new() { StragglerShare = 0.05, FailureShare = 0.1, PreemptionShare = 0.1 },
        });
        Assert.Equal("random+run-to-completion~stragglers=0.05~failures=0.1~preemptions=0.1", lines[0].Run.Sampler);
        Assert.Equal(400, lines[^1].CumulativeFidelity);
        Assert.True(lines[^1].SimulatedSeconds > 800);
    }

    [Fact]
    public async Task Run_OfASamplerWithAModel_TellsWhatItRecommends()
    {
        var problem = ProblemCatalog.All.Single(problem => problem.Name == "branin_mf");
        var lines = await RunAsync("gp+run-to-completion", problem, 270);
        Assert.Equal([0.1, 0.2, 0.5, 1], FidelityPlan.Marks);
        Assert.NotNull(lines[^1].RecommendedFull);
        Assert.All(lines, line => Assert.True(line.RecommendedFull is null or >= 0.397));
        Assert.All((double[])[27, 54, 135, 270], mark => Assert.Contains(lines, line => line.CumulativeFidelity == mark));
    }

    [Fact]
    public async Task Run_OnAFileWithATornRun_RunsWhatIsMissing()
    {
        var plan = Plan("random+run-to-completion", Line(), 20) with { Seeds = [0, 1] };
        await plan.RunAsync(ResultFile.OpenFidelity(_path, ResultFile.OwnSystem, 20), cancellationToken: Token);
        var lines = File.ReadAllLines(_path);
        File.WriteAllLines(_path, lines[..^1]);
        Assert.Equal(1, await plan.RunAsync(ResultFile.OpenFidelity(_path, ResultFile.OwnSystem, 20), cancellationToken: Token));
        Assert.Equal(0, await plan.RunAsync(ResultFile.OpenFidelity(_path, ResultFile.OwnSystem, 20), cancellationToken: Token));
        Assert.Equal(lines.Length, File.ReadAllLines(_path).Length);
        Refused(() => ResultFile.OpenFidelity(_path, ResultFile.OwnSystem, 30), "holds runs that spend 20");
        Refused(() => ResultFile.Open(_path, ResultFile.OwnSystem, 30), "runs of 30 whole trials need a file of their own");
    }

    [Fact]
    public async Task Run_ThatCannotBeEvaluated_EndsWithTheReason()
    {
        var calls = 0;
        var broken = new FunctionProblem(
            "broken", "test", Line().Problem, (_, _) => ++calls == 7 ? throw new BenchmarkException("the data are gone") : new("y", 1));
        var thrown = await Assert.ThrowsAsync<BenchmarkException>(() => RunAsync("random+run-to-completion", broken, 20));
        Assert.Equal("the data are gone", thrown.Message);
        Assert.Empty(File.ReadAllLines(_path));
        await Assert.ThrowsAsync<BenchmarkException>(
            () => RunAsync("random", ProblemCatalog.All.Single(problem => problem.Name == "branin"), 20));
        await Assert.ThrowsAsync<BenchmarkException>(() => RunAsync("random", Line(), 0.5));
    }

    [Fact]
    public void ParseScheduledList_OfSamplersAndSchedulers_NamesBoth()
    {
        var registry = MethodRegistry.Default.Schedulers.Any(scheduler => scheduler.Name == "auto")
            ? MethodRegistry.Default
            : MethodRegistry.Default.With(SchedulerRegistration.Create("auto", 1, "For tests.", (_, _) => throw new NotSupportedException()));
        var methods = BenchmarkMethod.ParseScheduledList(
            "random+run-to-completion, gp-ucb:delta=2e-1+scripted:hold=2,auto,gp,gp-ucb:delta=0.5", registry);
        Assert.Equal(
            ["random+run-to-completion", "gp-ucb:delta=0.2+scripted:hold=2", "auto", "gp+auto", "gp-ucb:delta=0.5+auto"],
            methods.Select(method => method.Label));
        Assert.Equal(["run-to-completion", "scripted", "auto", "auto", "auto"], methods.Select(method => method.Scheduler!.Name));
        Refused(() => BenchmarkMethod.ParseScheduledList("random+ash", registry), "ash");
        Refused(() => BenchmarkMethod.ParseScheduledList("random+auto+auto", registry), "it is a sampler and at most one scheduler");
        Refused(() => BenchmarkMethod.ParseScheduledList("gp,gp+auto", registry), "stands twice");
        Refused(() => BenchmarkMethod.ParseList("random+auto", registry), "see --fidelity");
    }

    /// <summary>x + 1/r over r = 1..4, two seconds a step.</summary>
    private static FunctionProblem Line(bool isResumable = true) => new(
        "line", "test",
        new(new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new("y")], fidelities: [new("step", 1, 4) { IsResumable = isResumable }]),
        (configuration, resource) => new(
            [new("y", configuration.Numbers[0] + (1 / (resource ?? 4))), new("seconds", 2 * (resource ?? 4))]))
    {
        SecondsMetric = "seconds",
    };

    private static FidelityPlan Plan(string methods, BenchmarkProblem problem, double resource) =>
        new(BenchmarkMethod.ParseScheduledList(methods, MethodRegistry.Default), [problem], [0], resource);

    private async Task<IReadOnlyList<TrialLine>> RunAsync(
        string methods, BenchmarkProblem problem, double resource, string suffix = "", Func<FidelityPlan, FidelityPlan>? plan = null)
    {
        var path = _path + suffix;
        File.Delete(path);
        await (plan ?? (same => same))(Plan(methods, problem, resource))
            .RunAsync(ResultFile.OpenFidelity(path, ResultFile.OwnSystem, resource), cancellationToken: Token);
        return ResultFile.Read(path);
    }

    private static void Refused(Action act, string message) =>
        Assert.Contains(message, Assert.Throws<BenchmarkException>(act).Message, StringComparison.Ordinal);
}
