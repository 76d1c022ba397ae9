using Attune.Events;
using Attune.Journals;

namespace Attune.Testing;

/// <content>Laws of working together.</content>
public sealed partial class JournalContract
{
    /// <summary>
    /// Decisions of many threads on several stores run one after the other, each on the complete journal, and none is lost.
    /// </summary>
    private Task DecisionsTakeTurns(CancellationToken cancel) => WithJournal(async (place, first, _) =>
    {
        const int Stores = 3;
        const int Threads = 3;
        const int Appends = 20;
        var stores = new List<IStudyStore> { first };
        for (var i = 1; i < Stores; i++)
            stores.Add(await place.OpenAsync(cancel).ConfigureAwait(false));
        try
        {
            var work = stores.SelectMany((store, s) => Enumerable.Range(0, Threads).Select(t => Task.Run(
                async () => await Reserve(await store.OpenAsync("study", cancel).ConfigureAwait(false), $"w{s}.{t}").ConfigureAwait(false),
                    cancel)));
            await Task.WhenAll(work).ConfigureAwait(false);
            var events = await ReadAll(await first.OpenAsync("study", cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            var history = Fold(events);
            Demand(history.Trials.Count == Stores * Threads * Appends,
                $"{Stores * Threads * Appends} numbers were reserved, but {history.Trials.Count} are there.");
            foreach (var writer in events.Skip(1).GroupBy(journalEvent => journalEvent.Writer))
            {
                Demand(
                    writer.Select(journalEvent => journalEvent.Sequence).SequenceEqual(Enumerable.Range(1, Appends).Select(i => (long)i)),
                    $"the events of the writer {writer.Key} are not in the order in which it wrote them.");
            }
        }
        finally
        {
            foreach (var store in stores.Skip(1))
                await store.DisposeAsync().ConfigureAwait(false);
        }

        async Task Reserve(IJournal journal, string writer)
        {
            var (known, count) = (0L, 0);
            for (var i = 1L; i <= Appends; i++)
            {
                known = await journal.AppendAsync(known, (_, tail) =>
                {
                    // The caller's own state takes in the tail, and its own event comes back in the next one.
                    count += tail.Count(journalEvent => journalEvent.Payload is Reserved);
                    return [Tick(i, writer) with { Token = 1, Payload = new Reserved(count++, TrialOrigin.Sampler, 0, 0, 1) }];
                }, cancel).ConfigureAwait(false);
            }
        }
    }, cancel);

    /// <summary>
    /// A decision sees the newest token, however late its caller last looked, and can refuse a report under an older one.
    /// </summary>
    private Task StaleTokensAreRefusedByDecisions(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        await journal.AppendAsync(
            1, (_, _) => [Tick(1) with { Token = 1, Payload = new Reserved(0, TrialOrigin.Sampler, 0, 0, 1) }], cancel)
            .ConfigureAwait(false);
        var other = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var same = await other.OpenAsync("study", cancel).ConfigureAwait(false);
            await same.AppendAsync(
                2, (_, _) => [Tick(1, "v") with { Token = 2, Payload = new Reserved(0, TrialOrigin.Sampler, 0, 0, 1) }], cancel)
                .ConfigureAwait(false);
            var head = await journal.AppendAsync(2, (_, tail) =>
            {
                var token = tail.Count == 0 ? 1 : tail[^1].Token;
                return token == 1 ? [Tick(2) with { Token = 1, Payload = new Failed(0, FailureKind.Error, "stale", false) }] : [];
            }, cancel).ConfigureAwait(false);
            Demand(head == 3, "a decision did not see the newer token of another writer, and appended under the older one.");
        }
    }, cancel);

    /// <summary>Studies are made, found, listed in order of creation and told apart by their exact names.</summary>
    private Task StudiesAreKeptByName(CancellationToken cancel) => WithStore(async (place, store) =>
    {
        string[] names = ["zebra", "Ähnlichkeit – 网络 🎲", "a/b\\c:d*?\"<>|", "Zebra", " spaced ", "%s{0}'; DROP TABLE studies; --",
            new('x', 500)];
        Demand((await store.ListAsync(cancel).ConfigureAwait(false)).Count == 0, "a new place lists studies.");
        foreach (var name in names)
        {
            await DemandFault(JournalFault.NotFound, () => store.OpenAsync(name, cancel).AsTask(),
                $"opening '{name}' before it exists must fail").ConfigureAwait(false);
            var journal = await store.CreateAsync(name, Created, cancel).ConfigureAwait(false);
            Demand(journal.Study == name, $"the journal of '{name}' calls itself '{journal.Study}'.");
            await DemandFault(JournalFault.Exists, () => store.CreateAsync(name, Created, cancel).AsTask(),
                $"creating '{name}' again must fail").ConfigureAwait(false);
        }

        var other = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var listed = await other.ListAsync(cancel).ConfigureAwait(false);
            Demand(listed.SequenceEqual(names),
                $"the studies are listed as {string.Join(", ", listed)}; created were {string.Join(", ", names)}.");
            var journal = await other.OpenAsync(names[1], cancel).ConfigureAwait(false);
            await journal.AppendAsync(1, (_, _) => [Tick(1)], cancel).ConfigureAwait(false);
            Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 2, "an append to one study did not arrive there.");
            var neighbour = await other.OpenAsync(names[0], cancel).ConfigureAwait(false);
            Demand(await HeadOf(neighbour, cancel).ConfigureAwait(false) == 1, "an append to one study changed another.");
        }

        foreach (var name in (string[])["", "  "])
            await DemandThrows<ArgumentException>(() => store.CreateAsync(name, Created, cancel).AsTask(), "a blank name must be refused")
                .ConfigureAwait(false);
        await DemandThrows<ArgumentException>(
            () => store.CreateAsync("no creation", Tick(1), cancel).AsTask(), "a first event that is no creation must be refused")
                .ConfigureAwait(false);
    }, cancel);

    private Task OneOfManyCreates(CancellationToken cancel) => WithStore(async (place, store) =>
    {
        var other = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var creations = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                try
                {
                    await (i % 2 == 0 ? store : other).CreateAsync("study", Created, cancel).ConfigureAwait(false);
                    return 1;
                }
                catch (JournalException exception) when (exception.Fault == JournalFault.Exists)
                {
                    return 0;
                }
            }, cancel));
            var created = (await Task.WhenAll(creations).ConfigureAwait(false)).Sum();
            Demand(created == 1, $"{created} of 8 that created the same study at once succeeded instead of one.");
            var journal = await other.OpenAsync("study", cancel).ConfigureAwait(false);
            Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 1, "the study has not exactly one creation.");
        }
    }, cancel);

    /// <summary>A deleted study is not there for anybody, and its name is free for another.</summary>
    private Task DeletedStudiesAreGone(CancellationToken cancel) => WithJournal(async (_, store, journal) =>
    {
        await AppendSample(journal, cancel).ConfigureAwait(false);
        Demand(await journal.Leases.TryWriteAsync(null, new("writer/a", "a", 1, TimeSpan.FromSeconds(10)), cancel).ConfigureAwait(false),
            "a lease was refused.");
        Demand(!await store.DeleteAsync("another", cancel).ConfigureAwait(false), "deleting a study that is not there returned true.");
        Demand(await store.DeleteAsync("study", cancel).ConfigureAwait(false), "deleting a study returned false.");
        Demand(!await store.DeleteAsync("study", cancel).ConfigureAwait(false), "deleting it again returned true.");
        Demand((await store.ListAsync(cancel).ConfigureAwait(false)).Count == 0, "a deleted study is listed.");
        await DemandFault(JournalFault.NotFound, () => journal.AppendAsync(1, (_, _) => [Tick(1)], cancel).AsTask(),
            "an append to a deleted study must fail")
            .ConfigureAwait(false);
        await DemandFault(JournalFault.NotFound, () => ReadAll(journal, cancel), "reading a deleted study must fail").ConfigureAwait(false);
        var next = await store.CreateAsync("study", Created, cancel).ConfigureAwait(false);
        Demand(await HeadOf(next, cancel).ConfigureAwait(false) == 1,
            "a new study of the name of a deleted one does not begin at its beginning.");
        Demand((await next.Leases.ReadAsync(cancel).ConfigureAwait(false)).Count == 0, "a new study has the leases of a deleted one.");
        await DemandFault(JournalFault.NotFound, () => journal.AppendAsync(1, (_, _) => [Tick(1)], cancel).AsTask(),
            "an append to a deleted study must fail although another has its name").ConfigureAwait(false);
    }, cancel);
}
