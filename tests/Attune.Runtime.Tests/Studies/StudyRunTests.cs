using System.Collections.Concurrent;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyRunTests
{
    [Fact]
    public async Task RunAsync_Cancelled_NothingRunsAfterwardsAndItGoesOnWithTheSameAttempt()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 6 }));
        var (endless, running) = Lab.Endless(trials: 4);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Lab.Cancel);
        var run = study.RunAsync(endless, new() { Parallelism = 4 }, cancelling.Token);
        await running;
        await cancelling.CancelAsync();
        var summary = await run;
        Assert.Equal((StopReason.None, 0, 4), (summary.Reason, summary.History.Running.Count, summary.History.AwaitingRetry.Count));
        var done = await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.Trials, 6), (done.Reason, done.History.CountOf(TrialState.Completed)));
        Assert.All(done.History.Trials, trial => Assert.Equal(1, trial.Attempt));
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_RunsNothing()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var summary = await study.RunAsync(Lab.Objective(_ => throw new InvalidOperationException("ran")), cancellationToken: new(canceled: true));
        Assert.Equal((StopReason.None, 0), (summary.Reason, summary.History.Trials.Count));
        Assert.Single(await lab.EventsAsync());
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_LeavesAStoppedStudyStopped()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        await study.StopAsync(cancellationToken: Lab.Cancel);
        await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: new(canceled: true));
        Assert.True((await study.SnapshotAsync(Lab.Cancel)).IsStopRequested);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(10_001)]
    [InlineData(int.MaxValue)]
    public async Task RunAsync_ParallelismMakesNoSense_IsRefusedWithWhatIsAllowed(int parallelism)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => study.RunAsync(Lab.Objective(_ => 1), new() { Parallelism = parallelism }, Lab.Cancel));
        Assert.Equal("Parallelism", refused.ParamName);
        Assert.StartsWith(FormattableString.Invariant($"From 1 to 10000 trials run at a time, not {parallelism}."), refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lab.OpenAsync(lab.Options() with { Parallelism = parallelism }));
        Assert.Equal("Parallelism", refused.ParamName);
        Assert.Single(await lab.EventsAsync());
    }

    [Fact]
    public async Task RunAsync_FidelityAndNoWishOfTheScheduler_TrialIsToReachTheUpperEnd()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(
            new() { Trials = 2 }, problem: new(Lab.Space, [new("loss")], fidelities: [new("epochs", 1, 27)])));
        await study.EnqueueAsync([new("x", 0.5)], cancellationToken: Lab.Cancel);
        var wanted = new List<double?>();
        var summary = await study.RunAsync(
            Lab.Objective(trial =>
            {
                wanted.Add(trial.Resource);
                return 1;
            }),
            cancellationToken: Lab.Cancel);
        Assert.Equal([27, 27], wanted);
        Assert.All(summary.History.Trials, trial => Assert.Equal((27.0, null), (trial.Resource, trial.Target)));
        Assert.Equal(27, new ProposalContext(summary.History, 2, 1).Resource);
        Assert.Equal(9, new ProposalContext(summary.History, 2, 1, 9).Resource);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StopAsync_ByAnotherStudyObject_EndsTheRun(bool cancelRunning)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 3 }));
        await using var other = await lab.OpenAsync();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var executor = new DelegateExecutor(async trial =>
        {
            started.TrySetResult();
            await (cancelRunning ? Task.Delay(Timeout.InfiniteTimeSpan, trial.CancellationToken) : stopped.Task.WaitAsync(trial.CancellationToken));
            return new("loss", 1);
        });
        var run = study.RunAsync(executor, cancellationToken: Lab.Cancel);
        await started.Task;
        await other.StopAsync(cancelRunning, Lab.Cancel);
        stopped.SetResult();
        var summary = await run;
        Assert.Equal((StopReason.Requested, 1), (summary.Reason, summary.History.Trials.Count));
        Assert.Equal(cancelRunning ? TrialState.Lost : TrialState.Completed, summary.History.Trials[0].State);
        Assert.Null(await other.AskAsync(cancellationToken: Lab.Cancel));

        // Running again goes on.
        Assert.Equal(3, (await other.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel)).History.CountOf(TrialState.Completed));
        Assert.Equal(1, (await other.SnapshotAsync(Lab.Cancel)).Trials[0].Attempt);
    }

    [Fact]
    public async Task RunAsync_Callbacks_ComeOnceForEachTrialInJournalOrder()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 200 }, new(FailedAttempts: 3)));
        await using var other = await lab.OpenAsync();
        var heard = new ConcurrentQueue<int>();
        var positions = new ConcurrentQueue<long>();
        var executor = new DelegateExecutor(async trial =>
        {
            await Task.Yield();
            return trial.Assignment.Attempt < 1 + (trial.Number % 3) ? throw new InvalidOperationException("again") : new("loss", 1);
        });
        var options = new RunOptions { Parallelism = 4, OnTrialFinished = (trial, _) => heard.Enqueue(trial.Number), OnEvent = (e, _) => positions.Enqueue(e.Position) };
        await Task.WhenAll(study.RunAsync(executor, options, Lab.Cancel), other.RunAsync(executor, new() { Parallelism = 4 }, Lab.Cancel));
        var events = await lab.EventsAsync();
        var ends = events.Where(e => e.Payload is Finished or Failed { WillRetry: false }).Select(e => e.Trial!.Value).ToArray();
        Assert.Equal(200, ends.Length);
        Assert.Equal(ends.Take(heard.Count), heard);
        Assert.True(heard.Count >= 190, $"Only {heard.Count} callbacks came.");
        Assert.Equal(Enumerable.Range((int)positions.First(), positions.Count).Select(position => (long)position), positions);
    }

    [Fact]
    public async Task RunAsync_EventsThatComeWhileEverythingIsDerivedAnew_AreToldToo()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 2 }, sampler: "last-loss"));
        await using var other = await lab.OpenAsync();
        var elsewhere = (await other.AskAsync(cancellationToken: Lab.Cancel))!;
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var executor = new DelegateExecutor(async trial =>
        {
            await other.ChangeSamplerAsync(LastLossSampler.Methods.DescribeSampler("random"), Lab.Cancel);
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), trial.CancellationToken);
            return new("loss", 1);
        });
        var options = new RunOptions
        {
            // A changed sampler has everything derived from the journal again, and this stands in it before that happens.
            OnEvent = (e, _) => Assert.True(e.Payload is not SamplerChanged || other.TellAsync(elsewhere, 2, Lab.Cancel).AsTask().IsCompleted),
            OnTrialFinished = (trial, _) =>
            {
                if (trial.Number == elsewhere.Trial)
                    heard.SetResult();
            },
        };
        var summary = await study.RunAsync(executor, options, Lab.Cancel);
        Assert.Equal((StopReason.Trials, 2), (summary.Reason, summary.History.CountOf(TrialState.Completed)));
    }

    [Fact]
    public async Task RunAsync_CallbackThrows_RunEndsWithItAndTheStudyIsWhole()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 20 }));
        var options = new RunOptions
        {
            Parallelism = 2,
            OnTrialFinished = (trial, _) =>
            {
                if (trial.Number == 3)
                    throw new FormatException("from the callback");
            },
        };
        var thrown = await Assert.ThrowsAsync<FormatException>(() => study.RunAsync(Lab.Objective(trial => trial.Number), options, Lab.Cancel));
        Assert.Equal("from the callback", thrown.Message);
        var history = await study.SnapshotAsync(Lab.Cancel);
        Assert.Equal((TrialState.Completed, 0), (history.Trials[3].State, history.Running.Count));
        var summary = await study.RunAsync(Lab.Objective(trial => trial.Number), cancellationToken: Lab.Cancel);
        Assert.Equal((20, 0), (summary.History.CountOf(TrialState.Completed), summary.Best!.Number));
        Assert.Equal(summary.History.Position, HistoryFold.Fold(await lab.EventsAsync()).Position);
    }

    [Fact]
    public async Task RunAsync_ExecutorThrows_TrialFailsAndTheStudyGoesOn()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 2 }));
        var summary = await study.RunAsync(new Broken(), cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.Trials, 2), (summary.Reason, summary.History.CountOf(TrialState.Failed)));
        Assert.Equal(new(FailureKind.Error, "The executor failed: broken"), summary.History.Trials[0].Failure);
    }

    [Fact]
    public async Task RunAsync_ObjectiveThatMisbehaves_FailsWithItsReason()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 4 }));
        var summary = await study.RunAsync(
            Lab.Objective(trial => trial.Number switch
            {
                0 => throw new OperationCanceledException("of itself"),
                1 => double.NegativeInfinity,
                2 => throw new AggregateException(new FormatException("inner")),
                _ => 1,
            }),
            cancellationToken: Lab.Cancel);
        Assert.Equal(
            [(FailureKind.Error, "OperationCanceledException: of itself"), (FailureKind.NonFinite, "the metric 'loss' is -Infinity"), (FailureKind.Error, "FormatException: inner")],
            summary.History.Trials.Take(3).Select(trial => (trial.Failure!.Kind, trial.Failure.Reason)));
        Assert.Equal(3, summary.Best!.Number);
    }

    [Fact]
    public async Task RunAsync_SchedulerWaitsForEver_Ends()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(options: lab.Options(catalog: new Waiting()));
        var summary = await study.RunAsync(Lab.Objective(_ => 1), new() { Parallelism = 3 }, Lab.Cancel);
        Assert.Equal((StopReason.Scheduler, 0), (summary.Reason, summary.History.Trials.Count));
    }

    [Fact]
    public async Task RunAsync_ManySlots_UsesThemAllAtOnce()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 64 }));
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        var executor = new DelegateExecutor(async trial =>
        {
            if (Interlocked.Increment(ref count) == 32)
                all.SetResult();
            await all.Task.WaitAsync(trial.CancellationToken);
            return new("loss", 1);
        });
        var summary = await study.RunAsync(executor, new() { Parallelism = 32 }, Lab.Cancel);
        Assert.Equal(64, summary.History.CountOf(TrialState.Completed));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => study.RunAsync(executor, new() { Parallelism = 0 }, Lab.Cancel));
    }

    private sealed class Broken : IExecutor
    {
        public Task<ExecutionResult> RunAsync(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken) =>
            throw new NotSupportedException("broken");
    }

    private sealed class Waiting : IMethodCatalog, IScheduler
    {
        public MethodDescriptor Descriptor { get; } = new("run-to-completion", 1);

        public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context) => LastLossSampler.Methods.CreateSampler(descriptor, context);

        public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context) => this;

        public void Observe(in JournalEvent journalEvent, History history)
        {
        }

        public SchedulerAction Next(in ScheduleContext context) => new SchedulerAction.Wait();

        public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) => TrialDecision.Continue;
    }
}
