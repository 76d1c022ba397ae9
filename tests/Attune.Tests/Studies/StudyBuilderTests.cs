using System.Collections.Concurrent;
using Attune.Events;
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
        var result = await Study.Create("typed", trials: 3).InMemory().RunAsync<StudyResultTests.Point>(_ => 1, new CancellationToken(canceled: true));
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
        var narrower = new SearchSpaceBuilder().Float("x", -5, 4).Build();
        var other = new SearchSpaceBuilder().Float("z", -5, 5).Build();
        await GrownAsync("a revision may widen a range or append choices; float -5 … 5 became float -5 … 4.", () => Describe(3).RunAsync(narrower, Square, Cancel));
        await GrownAsync("a revision may not remove a parameter.", () => Describe(3).RunAsync(other, Square, Cancel));
        await RefusedAsync(
            "objectives was minimize value and is now maximize accuracy", () => Describe(3).Maximize("accuracy").RunAsync(Space, Square, Cancel));
        await RefusedAsync(
            "constraints was none and is now 0.5 ≤ size ≤ 20; seed was 0 and is now 7",
            () => Describe(3).AddConstraint(new("size", 20, 0.5)).WithSeed(7).RunAsync(Space, Square, Cancel));
        await RefusedAsync(
            "scheduler was run-to-completion v1 and is now scripted v1", () => Describe(3).WithScheduler("scripted").RunAsync(Space, Square, Cancel));
        await using (var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel))
        {
            var methods = Algorithms.MethodRegistry.Default;
            var definition = new StudyDefinition(
                new(Space, [new("value")]), 0, methods.DescribeSampler("sobol"), methods.DescribeScheduler("run-to-completion"))
            {
                Budget = new() { Trials = 3 }, Retries = new(FailedAttempts: 4),
            };
            await RefusedAsync(
                "retries was 20 attempts when lost and 1 when failed and is now 20 attempts when lost and 4 when failed",
                () => StudyOpener.OpenOrCreateAsync(store, "s", definition, new() { Catalog = methods }, Cancel));
        }

        // Nothing of all that has changed the study.
        Assert.Equal(3, (await Describe(3).RunAsync(Space, Square, Cancel)).History.Trials.Count);

        async Task RefusedAsync(string difference, Func<Task> run)
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(run);
            Assert.Equal(
                $"The study 's' in {File} keeps for life what it began with, but {difference}. Choose another name or store, or delete the old study.",
                refused.Message);
        }

        async Task GrownAsync(string reason, Func<Task> run)
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(run);
            Assert.StartsWith($"The space of the study 's' in {File} may only grow. ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RunAsync_SpaceHasGrown_GoesOnInIt()
    {
        await Describe(trials: 3).RunAsync(Space, Square, Cancel);
        var wider = new SearchSpaceBuilder().Float("x", -5, 6).Int("n", 1, 9, defaultValue: 4).Build();
        var summary = await Describe(trials: 4).RunAsync(wider, Square, Cancel);
        Assert.Equal([0, 0, 0, 1], summary.History.Trials.Select(trial => trial.SpaceRevision));
        Assert.Equal(2, summary.History.Problem.Space.Dimensions);
    }

    [Fact]
    public async Task RunAsync_BudgetWasChangedBesideTheDefinition_OnlyAnotherDefinitionChangesItAgain()
    {
        await Describe(trials: 3).RunAsync(Space, Square, Cancel);
        await using (var opened = await Describe(trials: 3).OpenAsync(Space, Cancel))
            await opened.Study.ChangeBudgetAsync(new() { Trials = 5 }, Cancel);
        Assert.Equal(5, (await Describe(trials: 3).RunAsync(Space, Square, Cancel)).History.Trials.Count);
        Assert.Equal(6, (await Describe(trials: 6).RunAsync(Space, Square, Cancel)).History.Trials.Count);
        Assert.Equal(6, (await Describe(trials: 6).RunAsync(Space, Square, Cancel)).History.Budget.Trials);
    }

    [Fact]
    public async Task ShowProgress_BudgetChangesDuringTheRun_IsSaidAndObeyed()
    {
        await using var store = new MemoryStore();
        var lines = new StringWriter { NewLine = "\n" };
        var summary = await Study.Create("s", trials: 2, sampler: "random").StoreIn(store).ShowProgress(lines).RunAsync(
            Space,
            DelegateExecutor.Of(async trial =>
            {
                if (trial.Number == 1)
                {
                    await using var other = await Study.OpenAsync(store, "s", new() { Catalog = Algorithms.MethodRegistry.Default }, Cancel);
                    await other.ChangeLimitsAsync(budget => budget with { Trials = 4 }, Cancel);
                }

                return 1;
            }),
            Cancel);
        Assert.Equal((StopReason.Trials, 4), (summary.Reason, summary.History.CountOf(TrialState.Completed)));
        var said = lines.ToString().Split('\n');
        Assert.Single(said, "the budget is now 4 trials");
        Assert.StartsWith("[4/4] trial 3 completed", said[^2], StringComparison.Ordinal);
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
}
