namespace Attune.Tests.Studies;

public sealed class StudyResultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Best_NoTrialCompleted_SaysWhy()
    {
        var result = await Study.Create("s", trials: 2, sampler: "random").InMemory().RunAsync<Point>(_ => throw new FormatException("no data"), Cancel);
        var missing = Assert.Throws<InvalidOperationException>(() => result.Best);
        Assert.Equal("No trial completed. The last one that failed, trial 1, says: FormatException: no data", missing.Message);
        Assert.Throws<InvalidOperationException>(() => result.BestValue);
    }

    [Fact]
    public async Task Best_TypedSpace_IsTheBestParameters()
    {
        var result = await Study.Create("s", Direction.Maximize, trials: 30, sampler: "sobol").InMemory().RunAsync<Point>(point => -Math.Pow(point.X, 2), Cancel);
        Assert.Equal(result.BestValue, -Math.Pow(result.Best.X, 2));
        Assert.Equal(result.BestValue, result.History.Trials.Max(trial => -trial.Losses[0]));
        var (parameters, trial) = Assert.Single(result.Front);
        Assert.Equal((result.Best, result.BestTrial), (parameters, trial));
    }

    [Fact]
    public async Task Best_SeveralObjectives_PointsToTheFront()
    {
        var result = await Study.Create("s", trials: 20, sampler: "sobol").Minimize("a").Maximize("b").InMemory().RunMetricsAsync<Point>(
            (point, _) => Task.FromResult<MetricValues?>(new([new("a", point.X), new("b", point.X)])), Cancel);
        Assert.Equal("There are several objectives: look at the front.", Assert.Throws<InvalidOperationException>(() => result.Best).Message);
        Assert.Equal(20, result.Front.Count());
        await Assert.ThrowsAsync<ProblemException>(() => Study.Create("s", trials: 1).Minimize("a").Minimize("b").InMemory().RunAsync<Point>(_ => 1, Cancel));
    }

    public sealed record Point([Float(-1, 1)] double X);
}
