using System.Collections.Concurrent;
using Attune.Execution;
using Attune.Journals;
using Attune.Sqlite;

namespace Attune.Tests.Studies;

public sealed class StudyBuilderTests : IDisposable
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", -5, 5).Build();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attune-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "study.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_Again_ResumesWhereItEndedWithTheRaisedBudget()
    {
        var evaluated = new ConcurrentBag<double>();
        var first = await Describe(trials: 5).RunAsync(Space, Evaluate, Cancel);
        Assert.Equal((StopReason.Trials, 5, 5), (first.Reason, first.History.Trials.Count, evaluated.Count));
        var again = await Describe(trials: 5).RunAsync(Space, Evaluate, Cancel);
        Assert.Equal((StopReason.Trials, 5), (again.Reason, evaluated.Count));
        var raised = await Describe(trials: 8).RunAsync(Space, Evaluate, Cancel);
        Assert.Equal((8, 8), (raised.History.Trials.Count, evaluated.Count));
        Assert.Equal(evaluated.Min(), raised.Best!.Losses[0]);

        double Evaluate(Configuration configuration)
        {
            var value = Math.Pow(configuration.GetDouble("x") - 1, 2);
            evaluated.Add(value);
            return value;
        }
    }

    [Fact]
    public async Task RunAsync_Interrupted_GoesOnAndEndsAsUndisturbed()
    {
        var undisturbed = await Study.Create("s", trials: 12, sampler: "sobol").InMemory().RunAsync(Space, Square, Cancel);
        using var cancelling = new CancellationTokenSource();
        var interrupted = await Describe(trials: 12).OnTrialFinished((trial, _) =>
        {
            if (trial.Number == 6)
                cancelling.Cancel();
        }).RunAsync(Space, Square, cancelling.Token);
        Assert.InRange(interrupted.History.FinishedCount, 7, 11);
        var resumed = await Describe(trials: 12).RunAsync(Space, Square, Cancel);
        Assert.Equal(undisturbed.History.Trials.Select(trial => trial.Configuration), resumed.History.Trials.Select(trial => trial.Configuration));
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_EndsAsPolitelyAsCancelledLater()
    {
        await Describe(trials: 3).RunAsync(Space, Square, Cancel);
        var summary = await Describe(trials: 9).RunAsync(Space, Square, new(canceled: true));
        Assert.Equal((StopReason.None, 3), (summary.Reason, summary.History.Trials.Count));
        Assert.NotNull(summary.Best);
        var result = await Study.Create("typed", trials: 3).InMemory().RunAsync<Point>(_ => 1, new CancellationToken(canceled: true));
        Assert.Equal((StopReason.None, 0), (result.Reason, result.History.Trials.Count));
    }

    [Fact]
    public async Task WithSampler_OneWord_ChangesItFromThereOn()
    {
        await Describe(trials: 3).RunAsync(Space, Square, Cancel);
        var summary = await Describe(trials: 6).WithSampler("random").RunAsync(Space, Square, Cancel);
        Assert.Equal("random", summary.History.Sampler.Name);
        await using var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel);
        await using var journal = await store.OpenAsync("s", Cancel);
        var samplers = new List<string>();
        await foreach (var journalEvent in journal.ReadAsync(0, Cancel))
        {
            if (journalEvent.Payload is Events.Proposed { Sampler: { } sampler })
                samplers.Add(sampler.Name);
        }

        Assert.Equal(["sobol", "sobol", "sobol", "random", "random", "random"], samplers);
    }

    [Fact]
    public async Task RunAsync_OtherStudyOfThatName_IsRefusedWithWhatDiffers()
    {
        await Describe(trials: 3).RunAsync(Space, Square, Cancel);
        var wider = new SearchSpaceBuilder().Float("x", -5, 6).Build();
        var more = new SearchSpaceBuilder().Float("x", -5, 5).Int("n", 1, 2).Build();
        var other = new SearchSpaceBuilder().Float("z", -5, 5).Build();
        await RefusedAsync("solves another problem: 'x' was float -5 … 5 and is now float -5 … 6", () => Describe(3).RunAsync(wider, Square, Cancel));
        await RefusedAsync("solves another problem: the parameter 'n' is new", () => Describe(3).RunAsync(more, Square, Cancel));
        await RefusedAsync("solves another problem: it has the parameter 'x', which is gone", () => Describe(3).RunAsync(other, Square, Cancel));
        await RefusedAsync(
            "solves another problem: it had the objectives minimize value, not maximize accuracy",
            () => Describe(3).Maximize("accuracy").RunAsync(Space, Square, Cancel));
        await RefusedAsync("was created with the seed 0, not 7", () => Describe(3).WithSeed(7).RunAsync(Space, Square, Cancel));
        await RefusedAsync(
            "was created with the scheduler run-to-completion v1, not scripted v1",
            () => Describe(3).WithScheduler("scripted").RunAsync(Space, Square, Cancel));

        // Nothing of all that has changed the study.
        Assert.Equal(3, (await Describe(3).RunAsync(Space, Square, Cancel)).History.Trials.Count);

        async Task RefusedAsync(string difference, Func<Task> run)
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(run);
            Assert.Equal($"The study 's' in {File} {difference}. Choose another name or store, or delete the old study.", refused.Message);
        }
    }

    [Fact]
    public async Task StoreIn_AStoreOfYours_StaysOpen()
    {
        await using var store = new MemoryStore();
        await Study.Create("s", trials: 2, sampler: "random").StoreIn(store).RunAsync(Space, Square, Cancel);
        var summary = await Study.Create("s", trials: 4, sampler: "random").StoreIn(store).RunAsync(Space, Square, Cancel);
        Assert.Equal(4, summary.History.Trials.Count);
        Assert.Equal(["s"], await store.ListAsync(Cancel));
    }

    [Fact]
    public async Task OnTrialFinished_TwoCallbacks_BothComeInOrder()
    {
        var (first, second) = (new List<int>(), new List<int>());
        await Study.Create("s", trials: 4, sampler: "random").InMemory()
            .OnTrialFinished((trial, _) => first.Add(trial.Number))
            .OnTrialFinished((trial, history) => second.Add(history.FinishedCount))
            .RunAsync(Space, Square, Cancel);
        Assert.Equal([0, 1, 2, 3], first);
        Assert.Equal([1, 2, 3, 4], second);
    }

    [Fact]
    public async Task ShowProgress_EveryOutcome_IsOneLineEach()
    {
        var space = new SearchSpaceBuilder().Categorical("x", [3.5, 1.25, 2.0, 4.0]).Build();
        var lines = new StringWriter { NewLine = "\n" };
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
        try
        {
            await Study.Create("s", Direction.Maximize, trials: 4, sampler: "grid").InMemory().ShowProgress(lines).RunAsync(
                space,
                configuration => configuration.GetDouble("x") switch
                {
                    1.25 => throw new InvalidOperationException("does not\nconverge"),
                    2 => double.NaN,
                    var x => x * 1000,
                },
                Cancel);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }

        Assert.Equal(
            """
            [1/4] trial 0 completed 3500  best 3500 (trial 0)
            [2/4] trial 1 failed InvalidOperationException: does not converge  best 3500 (trial 0)
            [3/4] trial 2 failed the metric 'value' is NaN  best 3500 (trial 0)
            [4/4] trial 3 completed 4000  best 4000 (trial 3)

            """.ReplaceLineEndings("\n"),
            lines.ToString());
    }

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

    [Theory]
    [InlineData("Größe 研究 ☃")]
    [InlineData("it's 100% \"quoted\"; DROP TABLE events")]
    public async Task StoreIn_AnyNameAndPath_Works(string name)
    {
        var path = Path.Combine(_folder.FullName, "ünï 文", $"{(name.Contains('"', StringComparison.Ordinal) ? "q" : name)}.db");
        for (var trials = 2; trials <= 4; trials += 2)
        {
            var summary = await Study.Create(name, trials: trials, sampler: "random").StoreIn(path).RunAsync(Space, Square, Cancel);
            Assert.Equal(trials, summary.History.Trials.Count);
        }

        Assert.True(System.IO.File.Exists(path));
    }

    [Fact]
    public async Task RunAsync_TwoBuildersOnOneFile_ShareTheBudget()
    {
        var count = 0;
        var summaries = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Describe(trials: 60).WithParallelism(2).RunAsync(
            Space,
            DelegateExecutor.Of(async trial =>
            {
                await Task.Yield();
                Interlocked.Increment(ref count);
                return trial.Number;
            }),
            Cancel))));
        Assert.All(summaries, summary => Assert.Equal(StopReason.Trials, summary.Reason));
        Assert.Equal(60, count);
    }

    [Fact]
    public async Task RunAsync_WrongDescriptions_AreRefusedBeforeAnythingIsStored()
    {
        var unlimited = await Assert.ThrowsAsync<ProblemException>(() => Study.Create("s").StoreIn(File).RunAsync(Space, Square, Cancel));
        Assert.Equal("The study 's' has no budget: give a number of trials or a time, or call WithoutLimit().", unlimited.Message);
        await Assert.ThrowsAsync<ProblemException>(() => Describe(3).WithSampler("magic").RunAsync(Space, Square, Cancel));
        await Assert.ThrowsAsync<ProblemException>(() => Describe(3).WithSampler("random", "[").RunAsync(Space, Square, Cancel));
        await Assert.ThrowsAsync<ProblemException>(() => Study.Create("a/b", trials: 1).RunAsync(Space, Square, Cancel));
        await Assert.ThrowsAsync<ProblemException>(() => Describe(0).RunAsync(Space, Square, Cancel));
        Assert.Throws<ArgumentException>(() => Study.Create(" "));
        foreach (var parallelism in (int[])[0, -1, 10_001])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Describe(1).WithParallelism(parallelism));
            Assert.StartsWith(FormattableString.Invariant($"From 1 to 10000 trials run at a time, not {parallelism}."), refused.Message, StringComparison.Ordinal);
        }

        if (System.IO.File.Exists(File))
        {
            await using var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel);
            Assert.Empty(await store.ListAsync(Cancel));
        }
    }

    private static double Square(Configuration configuration) => configuration.Numbers[0] * configuration.Numbers[0];

    private StudyBuilder Describe(int trials) => Study.Create("s", trials: trials, sampler: "sobol").StoreIn(File);

    public sealed record Point([Float(-1, 1)] double X);
}
