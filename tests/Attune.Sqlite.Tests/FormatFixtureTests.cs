using Attune.Events;
using Attune.Histories;

namespace Attune.Sqlite.Tests;

/// <summary>A store that the first version wrote. The file never changes; every later version reads it.</summary>
public sealed class FormatFixtureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Format1_StoredFile_IsReadAsItWasWritten()
    {
        await using var place = new TemporaryPlace();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "format1.db"), place.File);
        await using var store = await place.Open(new() { Create = false }, Cancel);
        Assert.Equal(["everything – 网络", "empty"], await store.ListAsync(Cancel));
        Assert.Empty((await store.CheckAsync(Cancel)).Problems);

        var journal = await store.OpenAsync("everything – 网络", Cancel);
        var events = await Samples.ReadAllAsync(journal, Cancel);
        Assert.Equal(46, events.Count);
        Assert.All(events, journalEvent => Assert.Equal(1, journalEvent.Version));
        Assert.Equal(
            (new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero).AddSeconds(6).AddTicks(7_407_402), "host/α-1", 7L, 1, 3L),
            (events[6].Time, events[6].Writer, events[6].Sequence, events[6].Token, events[6].Causation));

        var history = HistoryFold.Fold(events);
        Assert.Equal(18_446_744_073_709_551_601UL, history.Seed);
        Assert.Equal((1, 50, 1000.5, false),
            (history.SpaceRevision, history.Budget.Trials, history.Budget.Resource, history.Budget.StopAtTarget));
        Assert.Equal("""train.py "{rate}"; 'x'""", history.Definition.Attributes["program"]);
        Assert.Equal(
            [TrialState.Completed, TrialState.Failed, TrialState.Stopped, TrialState.Lost, TrialState.Reserved],
            history.Trials.Select(trial => trial.State));
        Assert.Equal([2, 3, 2, 1, 1], history.Trials.Select(trial => trial.Token));
        Assert.Equal("rate=1e-05, layers=8, model=网络, bias=false", history.Trials[0].Configuration!.ToString());
        Assert.Equal("rate=2.5e-06, layers=16, model=forêt, bias=false, batch=64", history.Trials[2].Configuration!.ToString());
        Assert.Equal([-0.875, 1e300], history.Trials[0].Losses);
        Assert.Equal((3, "/tmp/a b/checkpoint", 9.0, 27.0), (
            history.Trials[0].Measurements.Count, history.Trials[0].Checkpoint, history.Trials[0].CheckpointResource!.Value,
                history.Trials[0].ResourceSpent));
        Assert.Equal(double.Epsilon, history.Trials[0].Measurements[2].Metrics["größe"]);
        Assert.Equal(new Failure(FailureKind.Timeout, ""), history.Trials[1].Failure);
        Assert.Equal("""{"length":[0.25,1e-3]}""", history.Trials[1].Annotation);
        Assert.Equal("Traceback:\n  \u0007 bell, tab\t, emoji 🎲",
            events.Select(journalEvent => journalEvent.Payload).OfType<Failed>().First().Reason);
        Assert.Equal([0], history.Front);
        Assert.Equal(0, history.Recommendation!.Trial);

        var lease = Assert.Single(await journal.Leases.ReadAsync(Cancel));
        Assert.Equal(("writer/α", "host/α-1", 42L, TimeSpan.FromSeconds(12.5)), (lease.Name, lease.Owner, lease.Beat, lease.Duration));
        Assert.Equal(47, await journal.AppendAsync(46, (_, _) => [Samples.Draft(new Ticked())], Cancel));
    }
}
