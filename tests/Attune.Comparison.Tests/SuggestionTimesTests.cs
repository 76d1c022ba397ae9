using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison.Tests;

public sealed class SuggestionTimesTests
{
    private static readonly FunctionProblem Mixed = (FunctionProblem)ProblemCatalog.All.Single(problem => problem.Name == "mixed7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Quantiles_OfTenSuggestions_AreThoseOfTheSortedFigures()
    {
        SuggestionCost[] costs = [.. Enumerable.Range(1, 10).Select(i => new SuggestionCost(11 - i, i * 10, i * 1000))];
        var times = new SuggestionTimes("m", "p", 1, 5, 0.5, costs, new Dictionary<string, int>());
        Assert.Equal((5, 9, 10), (times.Median, times.Percentile90, times.Longest));
        Assert.Equal((50, 5000), (times.ProcessorMedian, times.AllocatedMedian));
        var only = times with { Suggestions = [new(3, 2, 1)] };
        Assert.Equal((3, 3, 3), (only.Median, only.Percentile90, only.Longest));
    }

    [Fact]
    public async Task Run_OfMethods_MeasuresEachAfterEachNumberOfTrials()
    {
        var all = await MeasureAsync(Plan("random,tpe", Mixed, 5, 40) with { Suggestions = 4 });
        Assert.Equal([("random", 5), ("random", 40), ("tpe", 5), ("tpe", 40)], all.Select(times => (times.Method, times.Trials)));
        Assert.All(all, times =>
        {
            Assert.Equal(("mixed7", 7, 4), (times.Problem, times.Parameters, times.Suggestions.Count));
            Assert.All(times.Suggestions, cost => Assert.True(cost.Seconds > 0 && cost.ProcessorSeconds > 0 && cost.AllocatedBytes > 0));
            Assert.Equal([KeyValuePair.Create(times.Method, 4)], times.By);
            Assert.True(times.FirstSeconds > 0);
        });
    }

    // What a method learned from shows in what it proposes: next to the best of 200 random trials, none of which is as good.
    [Fact]
    public async Task Run_AfterManyTrials_HasShownThemToTheMethod()
    {
        var losses = new List<double>();
        var recorded = new FunctionProblem("mixed7", "analytic", Mixed.Problem, (configuration, resource) =>
        {
            var metrics = Mixed.Noiseless(configuration, resource);
            losses.Add(metrics["y"]);
            return metrics;
        });
        await MeasureAsync(Plan("gp", recorded, 200) with { Suggestions = 8 });

        // The last suggestion is not evaluated.
        var measured = losses[^208..];
        Assert.True(measured[200..].Min() < measured[..200].Min());
    }

    [Theory]
    [InlineData(10_000, "gp")]
    [InlineData(0.1, "tpe")]
    public async Task Run_OfTrialsThatTakeTime_LetsMethodsChooseByIt(double milliseconds, string expected)
    {
        var plan = Plan("auto", Mixed, 510) with { Suggestions = 5, TrialTime = TimeSpan.FromMilliseconds(milliseconds) };
        var times = Assert.Single(await MeasureAsync(plan));
        Assert.Equal(expected, times.By.MaxBy(pair => pair.Value).Key);
        Assert.Equal(5, times.By.Values.Sum());
    }

    [Fact]
    public async Task Run_OfAMethodThatIsExhausted_SaysSo()
    {
        var space = new SearchSpaceBuilder().Int("a", 0, 69).Build();
        var problem = new FunctionProblem("few", "few", new(space, [new("y")]), (configuration, _) => new("y", configuration.Numbers[0]));
        var exception = await Assert.ThrowsAsync<BenchmarkException>(() => MeasureAsync(Plan("tpe", problem, 500) with { Suggestions = 80 }));
        Assert.Equal("Method 'tpe' has nothing more to propose for 'few'.", exception.Message);
    }

    private static SuggestionPlan Plan(string methods, BenchmarkProblem problem, params int[] trials) =>
        new(BenchmarkMethod.ParseList(methods, MethodRegistry.Default), [problem], trials);

    private static async Task<List<SuggestionTimes>> MeasureAsync(SuggestionPlan plan)
    {
        var all = new List<SuggestionTimes>();
        await foreach (var times in plan.RunAsync(Token))
            all.Add(times);
        return all;
    }
}
