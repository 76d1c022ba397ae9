using Attune.Events;
using Attune.Execution;
using Attune.Testing.Studies;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyLivenessTests
{
    [Fact]
    public async Task AskAsync_DeadProcessOnTheSameHost_RunsItsTrialAtOnce()
    {
        await using var lab = new Lab();
        var process = lab.Host.Start();
        var dead = await lab.CreateAsync(options: lab.Options(process));
        var lost = (await dead.AskAsync(cancellationToken: Lab.Cancel))!;
        process.Kill();
        await using var study = await lab.OpenAsync();
        var again = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((lost.Trial, 2, 2), (again.Trial, again.Attempt, again.Token));
        Assert.Equal(lost.Configuration, again.Configuration);
        Assert.Contains("is gone", (await lab.EventsAsync()).Select(e => e.Payload).OfType<Lost>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_AttemptsExhausted_TrialIsLostForGood()
    {
        await using var lab = new Lab();
        await (await lab.CreateAsync(Lab.Define(new() { Trials = 1 }, new(LostAttempts: 2)))).DisposeAsync();
        for (var i = 0; i < 2; i++)
        {
            var process = lab.Host.Start();
            Assert.NotNull(await (await lab.OpenAsync(lab.Options(process))).AskAsync(cancellationToken: Lab.Cancel));
            process.Kill();
        }

        await using var study = await lab.OpenAsync();
        Assert.Null(await study.AskAsync(cancellationToken: Lab.Cancel));
        var trial = (await study.SnapshotAsync(Lab.Cancel)).Trials[0];
        Assert.Equal((TrialState.Lost, true, 2), (trial.State, trial.IsFinished, trial.Attempt));
    }

    [Fact]
    public async Task Heartbeat_WorkerOnAnotherHostIsSilent_LostAfterItsLeaseByTheObserversClock()
    {
        await using var lab = new Lab();
        var elsewhere = new SimulatedHost("elsewhere");

        // Its clock stands still, so that it never renews its lease; its time of day is wrong by a year, which must not matter.
        var silent = await lab.CreateAsync(options: lab.Options(elsewhere.Start(), new ManualClock(lab.Clock.GetUtcNow().AddYears(1))));
        await silent.AskAsync(cancellationToken: Lab.Cancel);
        await using var study = await lab.OpenAsync();
        var since = lab.Clock.GetUtcNow();
        Assert.Equal(1, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        for (var i = 0; i < 4; i++)
            lab.Clock.Advance(TimeSpan.FromSeconds(10));
        var history = await lab.UntilAsync(study, history => history.AwaitingRetry.Count > 0);
        Assert.Equal(0, history.AwaitingRetry[0]);
        var lost = (await lab.EventsAsync()).Single(e => e.Payload is Lost);
        Assert.InRange(lost.Time - since, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.Contains("sent no heartbeat", ((Lost)lost.Payload).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_WorkerOnAnotherHostBeats_KeepsItsTrial()
    {
        await using var lab = new Lab();
        await using var other = await lab.CreateAsync(options: lab.Options(new SimulatedHost("elsewhere").Start()));
        var kept = (await other.AskAsync(cancellationToken: Lab.Cancel))!;
        await using var study = await lab.OpenAsync();
        await study.AskAsync(cancellationToken: Lab.Cancel);
        var leases = (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases;
        for (var i = 0; i < 12; i++)
        {
            var before = (await leases.ReadAsync(Lab.Cancel)).Where(lease => lease.Name.StartsWith("writer/", StringComparison.Ordinal)).ToArray();
            lab.Clock.Advance(TimeSpan.FromSeconds(10));

            // Both have beaten before time goes on.
            while ((await leases.ReadAsync(Lab.Cancel)).Intersect(before).Any())
                await Task.Yield();
        }

        var trial = await other.TellAsync(kept, 1, Lab.Cancel);
        Assert.Equal((TrialState.Completed, 1), (trial.State, trial.Token));
    }

    [Fact]
    public async Task DisposeAsync_RunningTrials_AreGivenBackAndKeepTheirAttempt()
    {
        await using var lab = new Lab();
        var first = await lab.CreateAsync();
        await first.AskAsync(cancellationToken: Lab.Cancel);
        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.Equal(new Lost(0, "its worker ended", WillRetry: true, Interrupted: true), (await lab.EventsAsync())[^2].Payload);
        Assert.IsType<WriterLeft>((await lab.EventsAsync())[^1].Payload);
        Assert.Empty(await (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases.ReadAsync(Lab.Cancel));
        await using var study = await lab.OpenAsync();
        var again = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0, 1, 2), (again.Trial, again.Attempt, again.Token));
    }

    [Fact]
    public async Task AskAsync_HeldForEver_IsKeptAfterItsAskerIsGone()
    {
        await using var lab = new Lab();
        var asker = await lab.CreateAsync();
        var held = (await asker.AskAsync(Timeout.InfiniteTimeSpan, Lab.Cancel))!;
        await asker.DisposeAsync();
        await using (var other = await lab.OpenAsync())
        {
            Assert.Equal(1, (await other.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
            lab.Clock.Advance(TimeSpan.FromHours(1));
        }

        await using var study = await lab.OpenAsync();
        Assert.Equal(1, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        Assert.Equal(TrialState.Completed, (await study.TellAsync(held, 1, Lab.Cancel)).State);
    }

    [Fact]
    public async Task AskAsync_HeldForAWhile_IsLostAfterwardsAndItsLeaseIsRemoved()
    {
        await using var lab = new Lab();
        var asker = await lab.CreateAsync();
        await asker.AskAsync(TimeSpan.FromMinutes(2), Lab.Cancel);
        await asker.DisposeAsync();
        await using var study = await lab.OpenAsync();
        Assert.Equal(1, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        var since = lab.Clock.GetUtcNow();
        for (var i = 0; i < 14; i++)
            lab.Clock.Advance(TimeSpan.FromSeconds(10));
        await lab.UntilAsync(study, history => history.AwaitingRetry.Count > 0);
        Assert.InRange((await lab.EventsAsync()).Single(e => e.Payload is Lost).Time - since, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(140));
        Assert.Equal(0, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        await using var next = await lab.OpenAsync();
        await next.AskAsync(cancellationToken: Lab.Cancel);
        Assert.DoesNotContain(
            await (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases.ReadAsync(Lab.Cancel), lease => lease.Name.StartsWith("trial/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AskAsync_WriterDiedAndItsTrialWasTold_ItsLeaseIsRemoved()
    {
        await using var lab = new Lab();
        var process = lab.Host.Start();
        var dead = await lab.CreateAsync(options: lab.Options(process));
        await dead.TellAsync((await dead.AskAsync(cancellationToken: Lab.Cancel))!, 1, Lab.Cancel);
        process.Kill();
        await using var study = await lab.OpenAsync();
        await study.AskAsync(cancellationToken: Lab.Cancel);
        Assert.Equal([$"writer/{study.Writer}"], await LeasesAsync(lab));
    }

    [Fact]
    public async Task Heartbeat_WriterElsewhereIsSilentAndHasNoTrial_ItsLeaseIsRemovedAfterItsTimeAndMadeAnewWhenItBeats()
    {
        await using var lab = new Lab();
        var clock = new ManualClock(lab.Clock.GetUtcNow());
        var silent = await lab.CreateAsync(options: lab.Options(new SimulatedHost("elsewhere").Start(), clock));
        await silent.TellAsync((await silent.AskAsync(cancellationToken: Lab.Cancel))!, 1, Lab.Cancel);
        await using var study = await lab.OpenAsync();
        await study.AskAsync(cancellationToken: Lab.Cancel);
        Assert.Equal(2, (await LeasesAsync(lab)).Count);
        while ((await LeasesAsync(lab)).Count == 2)
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal([$"writer/{study.Writer}"], await LeasesAsync(lab));
        while ((await LeasesAsync(lab)).Count == 1)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Contains($"writer/{silent.Writer}", await LeasesAsync(lab));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task AskAsync_HoldIsNotPositive_IsRefused(int seconds)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await study.AskAsync(TimeSpan.FromSeconds(seconds), Lab.Cancel));
        Assert.Empty((await study.SnapshotAsync(Lab.Cancel)).Trials);
    }

    [Fact]
    public async Task AskAsync_ProgramOfALostTrial_IsEndedBeforeItRunsAgain()
    {
        await using var lab = new Lab();
        var process = lab.Host.Start();
        var dead = await lab.CreateAsync(options: lab.Options(process));
        var gate = new TaskCompletionSource();
        _ = dead.RunAsync(new Launcher(gate), cancellationToken: Lab.Cancel);
        await gate.Task;
        process.Kill();
        await using var study = await lab.OpenAsync();
        Assert.Equal(0, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        Assert.Equal([4711], lab.Host.EndedSurvivors);
    }

    [Fact]
    public async Task UseAfterDispose_EveryWay_SaysSo()
    {
        await using var lab = new Lab();
        var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await study.DisposeAsync();
        var count = (await lab.EventsAsync()).Count;
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await study.TellAsync(asked, 1, Lab.Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await study.SnapshotAsync(Lab.Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await study.StopAsync(cancellationToken: Lab.Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel));
        Assert.Equal(count, (await lab.EventsAsync()).Count);
    }

    [Fact]
    public async Task DisposeAsync_WhileItRuns_EndsTheRunFirst()
    {
        await using var lab = new Lab();
        var study = await lab.CreateAsync();
        var (executor, running) = Lab.Endless();
        var run = study.RunAsync(executor, cancellationToken: Lab.Cancel);
        await running;
        await study.DisposeAsync();

        // Its last word was written before the worker left; the task itself ends a moment later.
        await run.WaitAsync(TimeSpan.FromMinutes(1), Lab.Cancel);
        Assert.Equal(["Lost", "WriterLeft"], (await lab.EventsAsync()).TakeLast(2).Select(e => e.Payload.GetType().Name));
    }

    [Fact]
    public async Task RunAsync_TrialIsHeldByHand_EndsWithoutWaitingForIt()
    {
        await using var lab = new Lab();
        await using (var asker = await lab.CreateAsync(Lab.Define(new() { Trials = 3 })))
            await asker.AskAsync(Timeout.InfiniteTimeSpan, Lab.Cancel);
        await using var study = await lab.OpenAsync();
        var summary = await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel);
        Assert.Equal(StopReason.Trials, summary.Reason);
        Assert.Equal([0], summary.History.Running);
        Assert.Equal(2, summary.History.CountOf(TrialState.Completed));
    }

    private static async Task<IReadOnlyList<string>> LeasesAsync(Lab lab) =>
        [.. (await (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases.ReadAsync(Lab.Cancel)).Select(lease => lease.Name)];

    private sealed class Launcher(TaskCompletionSource gate) : IExecutor
    {
        public async Task<ExecutionResult> RunAsync(
            Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken)
        {
            await sink.LaunchedAsync("here", 4711, 1, cancellationToken);
            gate.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new ExecutionResult.Interrupted();
        }
    }
}
