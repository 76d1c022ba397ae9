using Attune.Events;
using Attune.Execution;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyBudgetTests
{
    [Theory]
    [InlineData("random", 1)]
    [InlineData("random", 8)]
    [InlineData("last-loss", 8)]
    public async Task RunAsync_TrialsUnderConcurrency_AreExact(string sampler, int parallelism)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 101 }, sampler: sampler), lab.Options(clock: TimeProvider.System));
        await using var other = await lab.OpenAsync(lab.Options(clock: TimeProvider.System));
        var executor = new DelegateExecutor(async trial =>
        {
            await Task.Yield();
            return new("loss", trial.Number);
        });
        var runs = await Task.WhenAll(
            study.RunAsync(executor, new() { Parallelism = parallelism }, Lab.Cancel), other.RunAsync(executor, new() { Parallelism = parallelism }, Lab.Cancel));
        Assert.All(runs, run => Assert.Equal(StopReason.Trials, run.Reason));
        var history = await study.SnapshotAsync(Lab.Cancel);
        Assert.Equal((101, 101), (history.Trials.Count, history.CountOf(TrialState.Completed)));
    }

    [Fact]
    public async Task DeclareBudgetAsync_AsBefore_LeavesAloneWhatWasChangedBesideIt()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 2, Cost = 9 }));
        await study.ChangeLimitsAsync(budget => budget with { Trials = 5 }, Lab.Cancel);
        await using var other = await lab.OpenAsync();
        await other.DeclareBudgetAsync(new() { Trials = 2, Cost = 9 }, Lab.Cancel);
        Assert.Equal(new() { Trials = 5, Cost = 9 }, (await study.SnapshotAsync(Lab.Cancel)).Budget);
        await other.DeclareBudgetAsync(new() { Trials = 7 }, Lab.Cancel);
        await study.DeclareBudgetAsync(new() { Trials = 7 }, Lab.Cancel);
        var history = await study.SnapshotAsync(Lab.Cancel);
        Assert.Equal((7, 7, null), (history.Budget.Trials, history.DeclaredBudget.Trials, history.Budget.Cost));
        var changes = (await lab.EventsAsync()).Select(e => e.Payload).OfType<BudgetChanged>().ToArray();
        Assert.Equal([(5, false), (7, true)], changes.Select(change => (change.Budget.Trials!.Value, change.IsDeclared)));
        await Assert.ThrowsAsync<ProblemException>(async () => await study.ChangeLimitsAsync(budget => budget with { Trials = 0 }, Lab.Cancel));
    }

    [Fact]
    public async Task ChangeBudgetAsync_FinishedStudy_GoesOn()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 3 }));
        await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel);
        Assert.Equal(StopReason.Trials, await study.StopReasonAsync(Lab.Cancel));
        await study.ChangeBudgetAsync(new() { Trials = 5 }, Lab.Cancel);
        await study.ChangeBudgetAsync(new() { Trials = 5 }, Lab.Cancel);
        Assert.Single(await lab.EventsAsync(), e => e.Payload is BudgetChanged);
        Assert.Equal(5, (await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel)).History.Trials.Count);
        await Assert.ThrowsAsync<ProblemException>(async () => await study.ChangeBudgetAsync(new() { Trials = 0 }, Lab.Cancel));
    }

    [Fact]
    public async Task RunAsync_WallClock_IsTheUnionOfTheTimesInWhichAnybodyWasAlive()
    {
        await using var lab = new Lab();
        var definition = Lab.Define(new() { WallClock = TimeSpan.FromMinutes(10) });
        await using (var first = await lab.CreateAsync(definition))
        {
            await using var second = await lab.OpenAsync();
            await first.AskAsync(cancellationToken: Lab.Cancel);
            await second.AskAsync(cancellationToken: Lab.Cancel);
            lab.Clock.Advance(TimeSpan.FromMinutes(4));
            Assert.Equal(StopReason.None, await first.StopReasonAsync(Lab.Cancel));
        }

        // A night in which nobody works does not count, neither for a worker that joins nor for somebody who only looks.
        lab.Clock.Advance(TimeSpan.FromHours(8));
        await using var study = await lab.OpenAsync();
        Assert.Equal(StopReason.None, await study.StopReasonAsync(Lab.Cancel));
        Assert.NotNull(await study.AskAsync(cancellationToken: Lab.Cancel));
        lab.Clock.Advance(TimeSpan.FromMinutes(5.5));
        Assert.NotNull(await study.AskAsync(cancellationToken: Lab.Cancel));
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await study.AskAsync(cancellationToken: Lab.Cancel));
        Assert.Equal(StopReason.WallClock, await study.StopReasonAsync(Lab.Cancel));
    }

    [Fact]
    public async Task StopReasonAsync_CrashedWorkerBefore_TheTimeSinceDoesNotCount()
    {
        await using var lab = new Lab();
        var process = lab.Host.Start();
        var dead = await lab.CreateAsync(Lab.Define(new() { WallClock = TimeSpan.FromMinutes(10) }), lab.Options(process, new Testing.Studies.ManualClock()));
        await dead.AskAsync(cancellationToken: Lab.Cancel);
        process.Kill();
        lab.Clock.Advance(TimeSpan.FromHours(8));
        await using var study = await lab.OpenAsync();
        Assert.Equal(StopReason.None, await study.StopReasonAsync(Lab.Cancel));
        Assert.NotNull(await study.AskAsync(cancellationToken: Lab.Cancel));
    }

    [Fact]
    public async Task RunAsync_Resource_EndsWhenItIsSpent()
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("loss")], fidelities: [new("epochs", 1, 4)]);
        await using var study = await lab.CreateAsync(Lab.Define(new() { Resource = 10 }, problem: problem));
        var summary = await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.Resource, 3, 12.0), (summary.Reason, summary.History.Trials.Count, summary.History.ResourceSpent));
    }

    [Fact]
    public async Task RunAsync_Cost_EndsWhenItIsSpent()
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("loss")], costMetric: "euro");
        await using var study = await lab.CreateAsync(Lab.Define(new() { Cost = 10 }, problem: problem));
        var executor = new DelegateExecutor(_ => Task.FromResult<MetricValues?>(new([new("loss", 1), new("euro", 4)])));
        var summary = await study.RunAsync(executor, cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.Cost, 3, 12.0), (summary.Reason, summary.History.Trials.Count, summary.History.CostSpent));
    }

    [Theory]
    [InlineData(false, TrialState.Failed)]
    [InlineData(true, TrialState.Completed)]
    public async Task RunAsync_TargetIsReached_RunningTrialsAreCancelledOrDrained(bool drain, TrialState expected)
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("loss") { Target = 0.5 }]);
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 50, DrainAtTarget = drain }, problem: problem));
        var bothRun = new Barrier(2);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var executor = new DelegateExecutor(async trial =>
        {
            bothRun.SignalAndWait(trial.CancellationToken);
            if (trial.Number == 0)
                return new("loss", 0.5);
            await reached.Task.WaitAsync(trial.CancellationToken);
            return new("loss", 9);
        });
        var options = new RunOptions
        {
            Parallelism = 2,
            OnTrialFinished = (trial, _) =>
            {
                if (drain && trial.Number == 0)
                    reached.SetResult();
            },
        };
        var summary = await study.RunAsync(executor, options, Lab.Cancel);
        Assert.Equal((StopReason.Target, 2), (summary.Reason, summary.History.Trials.Count));
        Assert.Equal(expected, summary.History.Trials[1].State);
        Assert.Equal(drain ? null : FailureKind.Cancelled, summary.History.Trials[1].Failure?.Kind);
    }

    [Fact]
    public async Task RunAsync_TargetIsIgnoredWhenTheBudgetSaysSo_RunsOn()
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("loss") { Target = 0.5 }]);
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 4, StopAtTarget = false }, problem: problem));
        Assert.Equal(StopReason.Trials, (await study.RunAsync(Lab.Objective(_ => 0), cancellationToken: Lab.Cancel)).Reason);
    }

    [Fact]
    public async Task RunAsync_ConsecutiveFailures_AreFinalOnesInARow()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 50, ConsecutiveFailures = 3 }, new(FailedAttempts: 2)));
        var summary = await study.RunAsync(
            Lab.Objective(trial => trial.Number is 1 or 3 or 4 or 5 ? throw new InvalidOperationException("no") : 1), cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.ConsecutiveFailures, 6), (summary.Reason, summary.History.Trials.Count));
        Assert.Equal(2, summary.History.Trials[5].Attempt);
    }

    [Fact]
    public async Task RunAsync_NoImprovement_Ends()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 50, TrialsWithoutImprovement = 4 }));
        var summary = await study.RunAsync(Lab.Objective(trial => trial.Number < 6 ? -trial.Number : 0), cancellationToken: Lab.Cancel);
        Assert.Equal((StopReason.NoImprovement, 10, 5), (summary.Reason, summary.History.Trials.Count, summary.Best!.Number));
    }

    [Fact]
    public async Task RunAsync_GridIsDone_Ends()
    {
        await using var lab = new Lab();
        var definition = Lab.Define(new() { Trials = 50 }) with
        {
            Sampler = LastLossSampler.Methods.DescribeSampler("grid", System.Text.Json.JsonElement.Parse("""{"points":5}""")),
        };
        await using var study = await lab.CreateAsync(definition);
        var summary = await study.RunAsync(Lab.Objective(_ => 1), new() { Parallelism = 3 }, Lab.Cancel);
        Assert.Equal((StopReason.Exhausted, 5), (summary.Reason, summary.History.Trials.Count));
        Assert.Equal(StopReason.Exhausted, (await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel)).Reason);

        // What a user enqueues is still tried, and another sampler goes on.
        await study.EnqueueAsync([new("x", 0.123)], cancellationToken: Lab.Cancel);
        Assert.Equal(6, (await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel)).History.Trials.Count);
        await study.ChangeSamplerAsync(LastLossSampler.Methods.DescribeSampler("random"), Lab.Cancel);
        Assert.Equal(50, (await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel)).History.Trials.Count);
    }
}
