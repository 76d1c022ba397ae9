using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison.Tests;

public sealed class RunTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("attune-comparison-").FullName, "results.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task Run_OfMethodsOnProblems_WritesALineForEachTrial()
    {
        var plan = Plan("random,sobol", "branin,conditional_noisy,zdt1_6", 7);
        Assert.Equal(12, await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 7), cancellationToken: Token));
        var lines = ResultFile.Read(_path);
        Assert.Equal(12 * 7, lines.Count);
        foreach (var run in lines.GroupBy(line => line.Run))
        {
            Assert.Equal(Enumerable.Range(0, 7), run.Select(line => line.Trial));
            Assert.All(run, line => Assert.True(line.AskSeconds > 0));
            Assert.Equal("attune", run.Key.System);
            var values = run.Select(line => line.Values).ToArray();
            if (run.Key.Problem == "zdt1_6")
                Assert.All(run, line => Assert.True(line.Best is null && line.Values.Length == 2));
            else if (run.Key.Problem == "branin")
                Assert.Equal(Enumerable.Range(1, 7)
                    .Select(count => values.Take(count).Min(value => value[0])), run.Select(line => line.Best!.Value));
        }
    }

    [Fact]
    public async Task Run_OnANoisyProblem_ScoresTheIncumbentOfTheNoisyValuesWithoutNoise()
    {
        await Plan("random", "branin_noisy", 20).RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 20), cancellationToken: Token);
        var lines = ResultFile.Read(_path).Where(line => line.Run.Seed == 0).ToArray();
        var lucky = lines.MinBy(line => line.Values[0])!;
        Assert.NotEqual(lucky.Values[0], lines[^1].Best);
        Assert.Equal(lines[lucky.Trial].Best, lines[^1].Best);
        Assert.True(lines[^1].Best > 0.397);
    }

    [Fact]
    public async Task Run_WithTheSameSeed_ProposesTheSame()
    {
        await Plan("random,sobol", "mixed7,branin_noisy", 9)
            .RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 9), cancellationToken: Token);
        var first = ResultFile.Read(_path).ToDictionary(line => (line.Run, line.Trial), line => line.Values[0]);
        File.Delete(_path);
        await (Plan("sobol,random", "branin_noisy,mixed7", 9) with { Jobs = 3 })
            .RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 9), cancellationToken: Token);
        Assert.Equal(first, ResultFile.Read(_path).ToDictionary(line => (line.Run, line.Trial), line => line.Values[0]));
    }

    [Fact]
    public async Task Run_OnAFileWithATornRun_RunsWhatIsMissingAndKeepsTheRest()
    {
        var plan = Plan("random", "branin,hartmann6", 5);
        await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 5), cancellationToken: Token);
        var whole = Data(File.ReadAllLines(_path));
        const string Peer = """{"system":"peer","sampler":"p","problem":"branin","seed":0,"trial":0,"value":3,"best":3}""";
        var lines = File.ReadAllLines(_path);

        // What a killed process leaves: a line broken off in the last run; and a peer's run, shorter than ours.
        File.WriteAllText(_path, Peer + "\n" + string.Join('\n', lines[..^2]) + "\n" + lines[^2][..20]);
        var progress = new List<RunProgress>();
        Assert.Equal(1, await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 5), new Listener(progress), Token));
        Assert.Equal((1, 1), (progress[0].Done, progress[0].All));
        var again = ResultFile.Read(_path);
        Assert.Single(again, line => line.Run.System == "peer");
        Assert.Equal(whole, Data(File.ReadAllLines(_path).Where(line => !line.Contains("peer", StringComparison.Ordinal))));
        Assert.Equal(0, await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 5), cancellationToken: Token));

        static SortedSet<string> Data(IEnumerable<string> lines) =>
            [.. lines.Select(line => line[..line.IndexOf("\"ask_seconds", StringComparison.Ordinal)])];
    }

    // What is asked while others are pending is told of them later: sobol reads no history, so only the names differ; a sampler that does
    // differs as soon as its start is over.
    [Fact]
    public async Task Run_WithPendingTrials_TellsEachOfThemInTurn()
    {
        await (Plan("sobol,gp-ucb", "branin", 12) with { Pending = 4 })
            .RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 12), cancellationToken: Token);
        await Plan("sobol,gp-ucb", "branin", 12).RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 12), cancellationToken: Token);
        var runs = ResultFile.Read(_path).GroupBy(line => line.Run).ToDictionary(
            run => (run.Key.Sampler, run.Key.Seed), run => run.Select(line => line.Values[0]).ToArray());
        Assert.Equal(8, runs.Count);
        Assert.All(runs.Values, run => Assert.Equal(12, run.Length));
        Assert.Equal(runs[("sobol", 0)], runs[("sobol@4", 0)]);
        Assert.NotEqual(runs[("gp-ucb", 0)], runs[("gp-ucb@4", 0)]);
    }

    [Theory]
    [InlineData("auto", "mixed7")]
    [InlineData("auto", "conditional")]
    [InlineData("gp", "styblinski_tang5")]
    [InlineData("tpe", "mixed7")]
    public async Task Run_WithEightPendingTrials_TriesNoConfigurationTwice(string method, string name)
    {
        var inner = (FunctionProblem)ProblemCatalog.All.Single(problem => problem.Name == name);
        var tried = new List<Configuration>();
        var recorded = new FunctionProblem(name, inner.Group, inner.Problem, (configuration, resource) =>
        {
            tried.Add(configuration);
            return inner.Noiseless(configuration, resource);
        });
        var plan = new BenchmarkPlan(BenchmarkMethod.ParseList(method, MethodRegistry.Default), [recorded], [0], 50) { Pending = 8 };
        await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 50), cancellationToken: Token);
        Assert.Equal(50, tried.Distinct().Count());
    }

    [Fact]
    public async Task Run_OnAConstrainedProblem_ScoresWhatIsFeasible()
    {
        await Plan("sobol", "gramacy", 30).RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 30), cancellationToken: Token);
        var best = ResultFile.Read(_path).Where(line => line.Run.Seed == 0).Select(line => line.Best!.Value).ToArray();
        Assert.Equal(2, best[0]);
        Assert.InRange(best[^1], 0.5997, 1.9);
        Assert.Contains(ResultFile.Read(_path), line => line.Values[0] < 0.5997);
    }

    [Fact]
    public async Task Open_OfAFileWithRunsOfAnotherLength_Refuses()
    {
        await Plan("random", "branin", 5).RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 5), cancellationToken: Token);
        var exception = Assert.Throws<BenchmarkException>(() => ResultFile.Open(_path, ResultFile.OwnSystem, 6));
        Assert.Contains("holds runs of 5 trials", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfASamplerThatRunsDry_EndsThereAndCountsAsWhole()
    {
        var registry = MethodRegistry.Default;
        var space = new SearchSpaceBuilder().Categorical("choice", ["a", "b", "c"]).Build();
        var problem = new FunctionProblem(
            "finite", "test", new(space, [new("y")]), (configuration, _) => new("y", configuration.Numbers[0]));
        var plan = new BenchmarkPlan(BenchmarkMethod.ParseList("grid", registry), [problem], [0], 10);
        await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 10), cancellationToken: Token);
        var lines = ResultFile.Read(_path);
        Assert.Equal(3, lines.Count);
        Assert.True(lines[^1].IsExhausted);
        Assert.Equal(0, await plan.RunAsync(ResultFile.Open(_path, ResultFile.OwnSystem, 10), cancellationToken: Token));
    }

    [Theory]
    [InlineData("random,", "There is no sampler ''")]
    [InlineData("rndom", "Did you mean 'random'?")]
    [InlineData("random:x=1", "there is no option 'x'")]
    [InlineData("gp-ucb:delta", "an option is name=value, not 'delta'")]
    [InlineData("random,sobol,random", "The method 'random' stands twice.")]
    public void ParseList_OfWrongMethods_TellsWhatIsAllowed(string text, string message)
    {
        var exception = Assert.Throws<BenchmarkException>(() => BenchmarkMethod.ParseList(text, MethodRegistry.Default));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0-3,7,2", new long[] { 0, 1, 2, 3, 7 })]
    [InlineData("12", new long[] { 12 })]
    public void Parse_OfSeeds_GivesEachOnce(string text, long[] seeds) => Assert.Equal(seeds, SeedList.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("5-2")]
    [InlineData("-1")]
    [InlineData("0-99999999")]
    public void Parse_OfWrongSeeds_TellsWhatIsAllowed(string text) =>
        Assert.Contains("Seeds are numbers from 0 and ranges such as 0-9", Assert.Throws<BenchmarkException>(
            () => SeedList.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "line 1: a line must be a JSON object")]
    [InlineData("{\"system\":\"x\"}", "line 1: the member 'sampler' is missing")]
    [InlineData("nonsense", "line 1: ")]
    public void Read_OfWrongLines_NamesThem(string text, string message)
    {
        File.WriteAllText(_path, text + "\n");
        Assert.Contains(message, Assert.Throws<BenchmarkException>(() => ResultFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    private static BenchmarkPlan Plan(string methods, string problems, int trials) => new(
        BenchmarkMethod.ParseList(methods, MethodRegistry.Default),
        [.. problems.Split(',').Select(name => ProblemCatalog.All.Single(problem => problem.Name == name))], [0, 1], trials);

    private sealed class Listener(List<RunProgress> heard) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => heard.Add(value);
    }
}
