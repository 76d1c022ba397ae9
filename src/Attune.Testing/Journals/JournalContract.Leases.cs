using Attune.Journals;

namespace Attune.Testing;

/// <content>Laws of leases and of waiting.</content>
public sealed partial class JournalContract
{
    /// <summary>A lease is replaced only by whoever knows it as it is.</summary>
    private Task LeasesAreComparedAndSwapped(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        var leases = journal.Leases;
        var first = new Lease("writer/ä", "host/α-1", 1, TimeSpan.FromTicks(123_456_789));
        var beaten = first with { Beat = 2 };
        var other = new Lease("proposer", "host/β-2", long.MaxValue, TimeSpan.FromDays(1));
        await Expect(null, first, true, "taking a free lease").ConfigureAwait(false);
        await Expect(null, first with { Owner = "b" }, false, "taking a lease that somebody has").ConfigureAwait(false);
        await Expect(first, beaten, true, "renewing one's lease").ConfigureAwait(false);
        await Expect(first, first with { Beat = 3 }, false, "renewing what has changed since").ConfigureAwait(false);
        await Expect(beaten with { Duration = TimeSpan.FromSeconds(1) }, first, false, "replacing a lease whose duration differs")
            .ConfigureAwait(false);
        await Expect(null, other, true, "taking a second lease").ConfigureAwait(false);
        var store = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var same = await store.OpenAsync("study", cancel).ConfigureAwait(false);
            var found = (await same.Leases.ReadAsync(cancel).ConfigureAwait(false)).OrderBy(lease => lease.Name, StringComparer.Ordinal)
                .ToArray();
            Demand(found.SequenceEqual([other, beaten]),
                $"another store reads the leases {string.Join("; ", found.AsEnumerable())} instead of {other}; {beaten}.");
        }

        await Expect(first, null, false, "removing what has changed since").ConfigureAwait(false);
        await Expect(beaten, null, true, "removing a lease").ConfigureAwait(false);
        await Expect(beaten, first, false, "renewing a lease that was removed").ConfigureAwait(false);
        await DemandThrows<ArgumentException>(
            () => leases.TryWriteAsync(null, null, cancel).AsTask(), "writing nothing over nothing must be refused").ConfigureAwait(false);
        await DemandThrows<ArgumentException>(() => leases.TryWriteAsync(first, other, cancel).AsTask(), "different names must be refused")
            .ConfigureAwait(false);

        async Task Expect(Lease? expected, Lease? next, bool isWritten, string what)
        {
            var found = await leases.TryWriteAsync(expected, next, cancel).ConfigureAwait(false);
            Demand(found == isWritten, $"{what} returned {found} instead of {isWritten}.", nameof(LeasesAreComparedAndSwapped));
        }
    }, cancel);

    /// <summary>Of many that swap the same lease at once, exactly one succeeds, in every round.</summary>
    private Task LeaseRacesHaveOneWinner(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        var store = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            ILeaseTable[] tables = [journal.Leases, (await store.OpenAsync("study", cancel).ConfigureAwait(false)).Leases];
            Lease? current = null;
            for (var round = 1L; round <= 10; round++)
            {
                var expected = current;
                var tries = Enumerable.Range(0, 6).Select(i => new Lease("proposer", $"w{i}", round, TimeSpan.FromSeconds(1))).ToArray();
                var won = await Task.WhenAll(tries.Select((lease, i) => Task.Run(
                    () => tables[i % 2].TryWriteAsync(expected, lease, cancel).AsTask(), cancel))).ConfigureAwait(false);
                Demand(won.Count(isWinner => isWinner) == 1, $"in round {round}, {won.Count(isWinner => isWinner)} of 6 took the lease.");
                current = tries[Array.IndexOf(won, true)];
            }
        }
    }, cancel);

    /// <summary>Waiting ends when something is appended, by this store or another, and at once when it is there already.</summary>
    private Task WaitingEndsWithAnAppend(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        var ages = TimeSpan.FromHours(10);
        await journal.WaitAsync(0, ages, cancel).ConfigureAwait(false);
        var store = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var same = await store.OpenAsync("study", cancel).ConfigureAwait(false);
            for (var head = 1L; head < 7; head++)
            {
                var waiting = Task.WhenAll(journal.WaitAsync(head, ages, cancel).AsTask(), same.WaitAsync(head, ages, cancel).AsTask());
                Demand(!waiting.IsCompleted, $"waiting after {head}, the end of the journal, ended before anything was appended.");
                await (head % 2 == 0 ? journal : same).AppendAsync(head, (_, _) => [Tick(1)], cancel).ConfigureAwait(false);
                await waiting.ConfigureAwait(false);
            }
        }
    }, cancel);

    /// <summary>Waiting ends after its patience, and by cancellation.</summary>
    private Task WaitingEndsByItself(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        await journal.WaitAsync(1, TimeSpan.FromMilliseconds(1), cancel).ConfigureAwait(false);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waiting = journal.WaitAsync(1, TimeSpan.FromHours(10), source.Token).AsTask();
        await source.CancelAsync().ConfigureAwait(false);
        await DemandThrows<OperationCanceledException>(() => waiting, "cancelled waiting must throw OperationCanceledException")
            .ConfigureAwait(false);
        await DemandThrows<ArgumentOutOfRangeException>(
            () => journal.WaitAsync(1, TimeSpan.Zero, cancel).AsTask(), "patience that is not positive must be refused")
                .ConfigureAwait(false);
    }, cancel);
}
