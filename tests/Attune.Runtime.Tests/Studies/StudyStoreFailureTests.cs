using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyStoreFailureTests
{
    [Fact]
    public async Task RunAsync_StoreFailsOnce_RunEndsAndRunningAgainFinishesEveryTrial()
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        await using var study = await Study.CreateAsync(store, Lab.Name, Lab.Define(new() { Trials = 12 }, sampler: "last-loss"), lab.Options(), Lab.Cancel);
        for (var round = 0; round < 8; round++)
        {
            var executor = new DelegateExecutor(trial =>
            {
                if (trial.Number == round)
                    _ = round % 2 == 0 ? store.FailuresBefore = 2 : store.FailuresAfter = 2;
                return Task.FromResult<MetricValues?>(new("loss", trial.Configuration.GetDouble("x")));
            });
            await Assert.ThrowsAsync<JournalException>(() => study.RunAsync(executor, cancellationToken: Lab.Cancel));
            (store.FailuresBefore, store.FailuresAfter) = (0, 0);
        }

        var summary = await study.RunAsync(Lab.Objective(trial => trial.Configuration.GetDouble("x")), new() { Parallelism = 2 }, Lab.Cancel);
        Assert.Equal((StopReason.Trials, 12), (summary.Reason, summary.History.CountOf(TrialState.Completed)));
        var events = await lab.EventsAsync();
        Assert.Equal(12, events.Count(e => e.Payload is Finished));
        Testing.Studies.ReplayLaw.Check(events, LastLossSampler.Methods);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AskAsync_StoreFails_NothingIsHalfWrittenAndTheNextAskTakesTheSameNumber(bool isWritten)
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        await using var study = await Study.CreateAsync(store, Lab.Name, Lab.Define(), lab.Options(), Lab.Cancel);
        await study.TellAsync((await study.AskAsync(cancellationToken: Lab.Cancel))!, 1, Lab.Cancel);
        var count = (await lab.EventsAsync()).Count;
        _ = isWritten ? store.FailuresAfter = 1 : store.FailuresBefore = 1;
        var fault = await Assert.ThrowsAsync<JournalException>(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        Assert.Equal(JournalFault.Full, fault.Fault);
        Assert.Equal(count + (isWritten ? 3 : 0), (await lab.EventsAsync()).Count);
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((1, 1), (asked.Trial, asked.Attempt));
        await study.TellAsync(asked, 2, Lab.Cancel);
        Assert.Equal(2, HistoryFold.Fold(await lab.EventsAsync()).CountOf(TrialState.Completed));
    }

    [Fact]
    public async Task TellAsync_StoreFails_TellingAgainIsHarmless()
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        await using var study = await Study.CreateAsync(store, Lab.Name, Lab.Define(), lab.Options(), Lab.Cancel);
        var first = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        store.FailuresBefore = 1;
        await Assert.ThrowsAsync<JournalException>(async () => await study.TellAsync(first, 1, Lab.Cancel));
        Assert.Equal(TrialState.Running, (await study.SnapshotAsync(Lab.Cancel)).Trials[0].State);
        store.FailuresAfter = 1;
        await Assert.ThrowsAsync<JournalException>(async () => await study.TellAsync(first, 1, Lab.Cancel));
        Assert.Equal(TrialState.Completed, (await study.TellAsync(first, 1, Lab.Cancel)).State);
        Assert.Single(await lab.EventsAsync(), e => e.Payload is Finished);
    }

    [Fact]
    public async Task Heartbeat_StoreFails_GoesOnBeating()
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        await using var study = await Study.CreateAsync(store, Lab.Name, Lab.Define(), lab.Options(), Lab.Cancel);
        await study.AskAsync(cancellationToken: Lab.Cancel);
        store.FailuresBefore = 1;
        lab.Clock.Advance(TimeSpan.FromMinutes(2));
        while (Volatile.Read(ref store.FailuresBefore) > 0)
            await Task.Yield();
        var count = (await lab.EventsAsync()).Count;
        lab.Clock.Advance(TimeSpan.FromMinutes(2));
        await lab.UntilAsync(study, history => history.Position > count);
        Assert.IsType<Ticked>((await lab.EventsAsync())[^1].Payload);
    }

    [Fact]
    public async Task DisposeAsync_StoreFails_DoesNotThrow()
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        var study = await Study.CreateAsync(store, Lab.Name, Lab.Define(), lab.Options(), Lab.Cancel);
        await study.AskAsync(cancellationToken: Lab.Cancel);
        store.FailuresBefore = 1;
        await study.DisposeAsync();
    }
}
