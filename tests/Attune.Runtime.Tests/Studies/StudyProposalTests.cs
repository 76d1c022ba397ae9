using Attune.Events;
using Attune.Journals;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyProposalTests
{
    [Fact]
    public async Task AskAsync_TwoStudyObjects_NeverProposeTheSameFromTheSameHistory()
    {
        await using var lab = new Lab();
        var definition = Lab.Define(sampler: "last-loss");
        var studies = new[]
        {
            await lab.CreateAsync(definition, lab.Options(clock: TimeProvider.System)), await lab.OpenAsync(lab.Options(clock: TimeProvider.System)),
            await lab.OpenAsync(lab.Options(clock: TimeProvider.System)),
        };
        await Task.WhenAll(studies.Select(study => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await study.AskAsync(cancellationToken: Lab.Cancel);
        })));
        var events = await lab.EventsAsync();
        AssertEachSawTheOneBefore(events);
        Assert.Equal(60, events.Count(e => e.Payload is Proposed));
        ReplayLaw.Check(events, LastLossSampler.Methods);
        foreach (var study in studies)
            await study.DisposeAsync();
    }

    [Fact]
    public async Task AskAsync_AnotherProposes_WaitsUntilThatIsWritten()
    {
        await using var lab = new Lab();
        var (first, second) = (new Points(), new Points());
        await using var study = await lab.CreateAsync(Lab.Define(sampler: "last-loss"), lab.Options(clock: TimeProvider.System, crash: first));
        await using var other = await lab.OpenAsync(lab.Options(clock: TimeProvider.System, crash: second));
        var isInside = false;
        var hasOverlapped = false;
        first.Reached = point =>
        {
            if (point != CrashPoint.Computed)
                return;
            Volatile.Write(ref isInside, true);
            second.Reserved.Wait(Lab.Cancel);
            for (var i = 0; i < 500; i++)
                Thread.Yield();
            Volatile.Write(ref isInside, false);
        };
        second.Reached = point => hasOverlapped |= point == CrashPoint.Computed && Volatile.Read(ref isInside);
        var asking = Task.Run(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        await lab.UntilAsync(other, _ => Volatile.Read(ref isInside));
        await Task.Run(async () => await other.AskAsync(cancellationToken: Lab.Cancel));
        await asking;
        Assert.False(hasOverlapped);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("elsewhere")]
    public async Task AskAsync_SamplerThinksLongerThanTheLease_NobodyElseProposesMeanwhile(string place)
    {
        await using var lab = new Lab();
        var (first, second) = (new Points(), new Points());
        var thinking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var thought = new ManualResetEventSlim();
        first.Reached = point =>
        {
            if (point != CrashPoint.Computed)
                return;
            thinking.TrySetResult();
            thought.Wait(Lab.Cancel);
        };
        var overlapped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.Reached = point =>
        {
            if (point == CrashPoint.Computed && !thought.IsSet)
                overlapped.TrySetResult();
        };
        await using var study = await lab.CreateAsync(
            Lab.Define(sampler: "last-loss"), lab.Options((place == "here" ? lab.Host : new SimulatedHost(place)).Start(), crash: first));
        await using var other = await lab.OpenAsync(lab.Options(crash: second));
        var asking = Task.Run(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        await thinking.Task;
        var waiting = Task.Run(async () => await other.AskAsync(cancellationToken: Lab.Cancel));
        second.Reserved.Wait(Lab.Cancel);
        var leases = (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases;
        for (var i = 0; i < 12; i++)
        {
            var before = await ProposerAsync();
            lab.Clock.Advance(TimeSpan.FromSeconds(10));

            // Time goes on when the lease has been renewed: three of these steps are a lease.
            var patience = lab.Clock.GetUtcNow() + TimeSpan.FromSeconds(9);
            while (!overlapped.Task.IsCompleted && await ProposerAsync() == before && lab.Clock.GetUtcNow() < patience)
            {
                lab.Clock.Advance(TimeSpan.FromTicks(20));
                await Task.Yield();
            }
        }

        Assert.False(overlapped.Task.IsCompleted);
        thought.Set();
        while (!waiting.IsCompleted)
        {
            lab.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Equal((0, 1), ((await asking)!.Trial, (await waiting)!.Trial));
        AssertEachSawTheOneBefore(await lab.EventsAsync());

        async Task<Lease> ProposerAsync() => (await leases.ReadAsync(Lab.Cancel)).Single(lease => lease.Name == "proposer");
    }

    [Fact]
    public async Task AskAsync_LeaseWasLostWhileTheSamplerThought_ProposesAnew()
    {
        await using var lab = new Lab();
        var points = new Points();
        await using var study = await lab.CreateAsync(Lab.Define(sampler: "last-loss"), lab.Options(crash: points));
        await using var other = await lab.OpenAsync();
        var leases = (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases;
        var count = 0;
        points.Reached = point =>
        {
            if (point != CrashPoint.Computed || Interlocked.Increment(ref count) > 1)
                return;

            // As if this process had slept for longer than its lease.
            Task.Run(async () =>
            {
                var lease = (await leases.ReadAsync(Lab.Cancel)).Single(lease => lease.Name == "proposer");
                await leases.TryWriteAsync(lease, null, Lab.Cancel);
                await other.AskAsync(cancellationToken: Lab.Cancel);
            }).Wait(Lab.Cancel);
        };
        var asked = await Task.Run(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        Assert.Equal((0, 1, 2), (asked!.Trial, asked.Token, count));
        var events = await lab.EventsAsync();
        Assert.Equal([1, 0], events.Select(e => e.Payload).OfType<Proposed>().Select(proposed => proposed.Trial));
        AssertEachSawTheOneBefore(events);
        ReplayLaw.Check(events, LastLossSampler.Methods);
        Assert.DoesNotContain(await leases.ReadAsync(Lab.Cancel), lease => lease.Name == "proposer");
    }

    [Theory]
    [InlineData("here")]
    [InlineData("elsewhere")]
    public async Task AskAsync_ProposerDied_ItsLeaseIsTakenOver(string place)
    {
        await using var lab = new Lab();
        var process = (place == "here" ? lab.Host : new SimulatedHost(place)).Start();
        var dead = await lab.CreateAsync(
            Lab.Define(sampler: "last-loss"), lab.Options(process, new ManualClock(), new CrashAt(CrashPoint.Computed, process: process)));
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await dead.AskAsync(cancellationToken: Lab.Cancel));
        var leases = (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases;
        Assert.Contains(await leases.ReadAsync(Lab.Cancel), lease => lease.Name == "proposer");
        await using var study = await lab.OpenAsync();
        var asking = Task.Run(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        while (!asking.IsCompleted)
        {
            // Time goes on only while somebody waits for it.
            if (lab.Clock.WaitingTimers > 0)
                lab.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        // The dead one's number is proposed too, by whoever asks after it was missed.
        var trials = new HashSet<int> { (await asking)!.Trial };
        for (var i = 0; i < 4; i++)
            lab.Clock.Advance(TimeSpan.FromSeconds(10));
        while (trials.Count < 2)
        {
            trials.Add((await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
            await Task.Yield();
        }

        Assert.Contains(0, trials);
        ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("last-loss")]
    public async Task AskAsync_NumberWasReservedByADeadWorker_IsProposedAlsoAfterTheSamplerChanged(string next)
    {
        await using var lab = new Lab();
        var process = lab.Host.Start();
        var dead = await lab.CreateAsync(Lab.Define(new() { Trials = 2 }, sampler: "last-loss"), lab.Options(process, crash: new CrashAt(CrashPoint.Reserved, process: process)));
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await dead.AskAsync(cancellationToken: Lab.Cancel));
        await using var study = await lab.OpenAsync();
        await study.ChangeSamplerAsync(LastLossSampler.Methods.DescribeSampler(next), Lab.Cancel);
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0, 2), (asked.Trial, asked.Token));
        Assert.Equal(1, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Trial);
        Assert.Null(await study.AskAsync(cancellationToken: Lab.Cancel));
        ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
    }

    [Fact]
    public async Task AskAsync_Cancelled_NumberIsProposedByTheNextAsker()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(sampler: "last-loss"));
        var leases = (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases;
        var foreign = new Lease("proposer", "somebody", 1, TimeSpan.FromHours(1));
        await leases.TryWriteAsync(null, foreign, Lab.Cancel);
        using var cancelling = new CancellationTokenSource();
        var asking = study.AskAsync(cancellationToken: cancelling.Token).AsTask();
        await lab.UntilAsync(study, history => history.Reserved.Count == 1);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await leases.TryWriteAsync(foreign, null, Lab.Cancel);

        // By the next heartbeat anybody may propose for it, although its first asker lives and asks no more.
        lab.Clock.Advance(TimeSpan.FromSeconds(10));
        await lab.UntilAsync(study, history => history.Trials[0].Worker is null);
        await using var other = await lab.OpenAsync();
        var asked = (await other.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0, 2), (asked.Trial, asked.Token));
    }

    [Fact]
    public async Task AskAsync_CrashedStudyObject_WritesNothingMore()
    {
        await using var lab = new Lab();
        var dead = await lab.CreateAsync(options: lab.Options(crash: new CrashAt(CrashPoint.Started)));
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await dead.AskAsync(cancellationToken: Lab.Cancel));
        var count = (await lab.EventsAsync()).Count;
        var leases = await (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases.ReadAsync(Lab.Cancel);
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await dead.TellAsync(0, new("loss", 1), cancellationToken: Lab.Cancel));
        await Assert.ThrowsAsync<SimulatedCrashException>(async () => await dead.EnqueueAsync([new("x", 0.5)], cancellationToken: Lab.Cancel));
        await dead.DisposeAsync();
        Assert.Equal(count, (await lab.EventsAsync()).Count);
        Assert.Equal(leases, await (await lab.Store.OpenAsync(Lab.Name, Lab.Cancel)).Leases.ReadAsync(Lab.Cancel));
    }

    /// <summary>Whoever proposes has seen all proposals before: its basis lies behind them.</summary>
    private static void AssertEachSawTheOneBefore(IReadOnlyList<JournalEvent> events)
    {
        var last = 0L;
        foreach (var journalEvent in events)
        {
            if (journalEvent.Payload is not Proposed proposed)
                continue;
            Assert.True(proposed.Basis > last, $"The proposal for {proposed.Trial} with basis {proposed.Basis} did not see the one before at {last}.");
            last = journalEvent.Position;
        }
    }

    private sealed class Points : ICrashPoints
    {
        internal Action<string>? Reached;

        internal ManualResetEventSlim Reserved { get; } = new();

        public void Reach(string point)
        {
            if (point == CrashPoint.Reserved)
                Reserved.Set();
            Reached?.Invoke(point);
        }
    }
}
