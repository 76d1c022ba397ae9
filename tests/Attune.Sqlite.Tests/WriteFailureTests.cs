using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Testing;
using Microsoft.Data.Sqlite;

namespace Attune.Sqlite.Tests;

public sealed class WriteFailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_DiskIsFull_SaysSoAndGoesOnWhenThereIsRoom()
    {
        await using var place = new TemporaryPlace();
        long head = 1;
        await using (var store = await place.Open(new() { WriterSetup = "PRAGMA max_page_count = 40" }, Cancel))
        {
            var journal = await store.CreateAsync("s", Samples.Created, Cancel);
            var exception = await Assert.ThrowsAsync<JournalException>(async () =>
            {
                for (var number = 0; ; number++)
                    head = await Samples.RunTrialAsync(journal, head, number, 0.5, Cancel);
            });
            Assert.Equal(JournalFault.Full, exception.Fault);
            Assert.Contains("Make room", exception.Message, StringComparison.Ordinal);
            Assert.Equal(head, (await Samples.ReadAllAsync(journal, Cancel)).Count / 5 * 5 + 1);
        }

        await using var roomy = await place.Open(cancellationToken: Cancel);
        var same = await roomy.OpenAsync("s", Cancel);
        var history = HistoryFold.Fold(await Samples.ReadAllAsync(same, Cancel));
        await Samples.RunTrialAsync(same, history.Position, history.Trials.Count, 0.9, Cancel);
        Assert.True((await roomy.CheckAsync(Cancel)).IsSound);
    }

    [Fact]
    public async Task AppendAsync_StoreIsReadOnly_SaysSoAndCanStillBeRead()
    {
        await using var place = new TemporaryPlace();
        await using (var store = await place.Open(cancellationToken: Cancel))
            await Samples.AddSampleAsync(store, "s", Cancel);
        await using var readOnly = await place.Open(new() { WriterSetup = "PRAGMA query_only = 1" }, Cancel);
        var journal = await readOnly.OpenAsync("s", Cancel);
        var exception = await Assert.ThrowsAsync<JournalException>(
            async () => await journal.AppendAsync(0, (_, _) => [Samples.Draft(new Ticked())], Cancel));
        Assert.Equal(JournalFault.ReadOnly, exception.Fault);
        Assert.Contains("read-only", exception.Message, StringComparison.Ordinal);
        Assert.Equal(SampleEvents.All.Count, (await Samples.ReadAllAsync(journal, Cancel)).Count);
    }

    [Fact]
    public async Task AppendAsync_AnotherProgramHoldsTheLock_WaitsToItsLimitAndThenSaysSo()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(new() { BusyLimit = TimeSpan.FromMilliseconds(30) }, Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        using var connection = new SqliteConnection($"Data Source={place.File};Pooling=False");
        connection.Open();
        await using (var transaction = connection.BeginTransaction(deferred: false))
        {
            var exception = await Assert.ThrowsAsync<JournalException>(async () => await Samples.RunTrialAsync(journal, 1, 0, 0.5, Cancel));
            Assert.Equal(JournalFault.Busy, exception.Fault);
            Assert.Contains("locked by another process for more than 0.03 s", exception.Message, StringComparison.Ordinal);
            await transaction.RollbackAsync(Cancel);
        }

        Assert.Equal(6, await Samples.RunTrialAsync(journal, 1, 0, 0.5, Cancel));
    }

    [Fact]
    public async Task AppendAsync_CancelledWhileItWaitsForTheLock_EndsAtOnceAndAppendsNothing()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        using var connection = new SqliteConnection($"Data Source={place.File};Pooling=False");
        connection.Open();
        await using (var transaction = connection.BeginTransaction(deferred: false))
        {
            using var source = new CancellationTokenSource();
            var waiting = journal.AppendAsync(1, (_, _) => [Samples.Draft(new Ticked())], source.Token).AsTask();
            Assert.False(waiting.IsCompleted);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await transaction.RollbackAsync(Cancel);
        }

        Assert.Equal(1, await journal.AppendAsync(1, (_, _) => [], Cancel));
    }

    [Fact]
    public async Task AppendAsync_CommitFails_FailsEveryAppendOfTheTransactionAndAppendsNothing()
    {
        await using var place = new TemporaryPlace();
        using var gate = new ManualResetEventSlim();
        var isBroken = false;
        var options = new SqliteStoreOptions
        {
            BeforeWrite = what =>
            {
                if (what == "COMMIT" && isBroken)
                    throw new JournalException(JournalFault.Unavailable, "The test breaks the commit here.");
            },
        };
        await using var store = await place.Open(options, Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);

        // The first append holds the turn until the others have queued, so that these share a transaction.
        var first = Task.Run(() => journal.AppendAsync(1, (_, _) =>
        {
            gate.Wait(Cancel);
            return [Samples.Draft(new Ticked())];
        }, Cancel).AsTask(), Cancel);
        var decisions = 0;
        await Until(() => !store.Queue.IsIdle);
        var others = Enumerable.Range(0, 5).Select(_ => journal.AppendAsync(1, (_, tail) =>
        {
            Assert.Equal(++decisions, tail.Count);
            isBroken = true;
            return [Samples.Draft(new Reserved(decisions - 1, TrialOrigin.Sampler, 0, 0, 1))];
        }, Cancel).AsTask()).ToArray();
        gate.Set();
        Assert.Equal(2, await first);
        foreach (var other in others)
            Assert.Equal(JournalFault.Unavailable, (await Assert.ThrowsAsync<JournalException>(() => other)).Fault);
        Assert.Equal(5, decisions);
        isBroken = false;
        Assert.Equal(7, await Samples.RunTrialAsync(journal, 2, 0, 0.5, Cancel));
        Assert.True((await store.CheckAsync(Cancel)).IsSound);
    }

    [Fact]
    public async Task AppendAsync_EventThatDoesNotFit_IsRefusedAndNothingIsAppended()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        var head = await Samples.RunTrialAsync(journal, 1, 0, 0.5, Cancel);
        StudyEvent[] misfits =
        [
            new Finished(0), new Measured(1, Measurement.Of("accuracy", 1)), new Reserved(2, TrialOrigin.Sampler, 1, 0, 1),
            new StudyCreated(Samples.Definition),
        ];
        foreach (var misfit in misfits)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await journal.AppendAsync(head, (_, _) => [Samples.Draft(new Ticked()), Samples.Draft(misfit)], Cancel));
        }

        Assert.Equal(head, await journal.AppendAsync(head, (_, _) => [], Cancel));
        await Samples.RunTrialAsync(journal, head, 1, 0.5, Cancel);
        Assert.True((await store.CheckAsync(Cancel)).IsSound);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }
}
