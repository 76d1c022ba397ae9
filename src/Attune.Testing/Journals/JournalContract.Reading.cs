using Attune.Events;

namespace Attune.Testing;

/// <content>Laws of reading.</content>
public sealed partial class JournalContract
{
    /// <summary>What an append returned for is read by everybody who has the study open.</summary>
    private Task AppendsAreReadAtOnce(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        var other = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            var same = await other.OpenAsync("study", cancel).ConfigureAwait(false);
            for (var i = 1L; i <= 20; i++)
            {
                var (writer, reader) = i % 2 == 0 ? (journal, same) : (same, journal);
                var head = await writer.AppendAsync(i, (_, _) => [Tick(i)], cancel).ConfigureAwait(false);
                Demand(head == i + 1, $"append {i} returned {head}.");
                var found = await HeadOf(reader, cancel).ConfigureAwait(false);
                Demand(found == head, $"another store reads up to {found} after an append up to {head} had returned.");
            }
        }
    }, cancel);

    /// <summary>Reading after a position gives the events behind it, whatever the position.</summary>
    private Task ReadingBeginsAnywhere(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        await AppendSample(journal, cancel).ConfigureAwait(false);
        var all = EventText.Of(SampleEvents.All.Select((draft, i) => draft.At(i + 1)));
        for (var after = 0; after <= all.Count; after++)
        {
            // A store of its own, so that nothing is known from an earlier reading.
            var store = await place.OpenAsync(cancel).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var fresh = await store.OpenAsync("study", cancel).ConfigureAwait(false);
                var tail = await ReadAll(fresh, cancel, after).ConfigureAwait(false);
                var before = (await ReadAll(fresh, cancel).ConfigureAwait(false)).Take(after);
                DemandSame(all, EventText.Of(before.Concat(tail)), $"reading after {after}");
            }
        }
    }, cancel);

    /// <summary>A reader sees a prefix without holes, of whole appends, while others append.</summary>
    private Task ReadersSeePrefixesWhileOthersAppend(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        const int Appends = 200;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Appends; i++)
                await journal.AppendAsync(1 + (3 * i), (_, _) => [Tick(1), Tick(2), Tick(3)], cancel).ConfigureAwait(false);
        }, cancel);
        bool isWritten;
        do
        {
            isWritten = writing.IsCompleted;
            var events = await ReadAll(journal, cancel).ConfigureAwait(false);
            for (var i = 0; i < events.Count; i++)
                Demand(events[i].Position == i + 1, $"a reader met position {events[i].Position} in place {i + 1}.");
            Demand(events.Count % 3 == 1, $"a reader saw {events.Count - 1} events of appends of three: part of an append.");
        }
        while (!isWritten);
        await writing.ConfigureAwait(false);
        var head = await HeadOf(journal, cancel).ConfigureAwait(false);
        Demand(head == 1 + (3 * Appends), $"the journal ends at {head} instead of {1 + (3 * Appends)}.");
    }, cancel);

    /// <summary>Every kind of event is read as it was appended, to the last bit, and the sample leaves no kind out.</summary>
    private Task EveryKindOfEventIsKept(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        var kinds = typeof(StudyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StudyEvent)) && !type.IsAbstract);
        foreach (var kind in kinds)
            Demand(SampleEvents.All.Any(draft => draft.Payload.GetType() == kind), $"the sample has no event of the type {kind.Name}.");
        await AppendSample(journal, cancel).ConfigureAwait(false);
        var expected = EventText.Of(SampleEvents.All.Select((draft, i) => draft.At(i + 1)));
        DemandSame(expected, EventText.Of(await ReadAll(journal, cancel).ConfigureAwait(false)), "events read where they were appended");
        var store = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var fresh = await store.OpenAsync("study", cancel).ConfigureAwait(false);
            DemandSame(expected, EventText.Of(await ReadAll(fresh, cancel).ConfigureAwait(false)), "events read by another store");
        }
    }, cancel);

    private Task LargeEventsAreKept(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        var reason = string.Concat(Enumerable.Repeat("Zeile mit Umlauten äöü und \"Zeichen\" \\ \r\n", 50_000));
        await journal.AppendAsync(1, (_, _) =>
            [Tick(1) with { Payload = new Reserved(0, TrialOrigin.Sampler, 0, 0, 1) },
                Tick(2) with { Payload = new Failed(0, FailureKind.Error, reason, false) }],
            cancel).ConfigureAwait(false);
        var events = await ReadAll(journal, cancel).ConfigureAwait(false);
        Demand(events.Count == 3, $"{events.Count} events are read instead of 3.");
        Demand(events[2].Payload is Failed failed && failed.Reason == reason,
            "a reason of two million characters is not read as it was written.");
    }, cancel);

    /// <summary>The history that is folded after everything was closed and opened again is the one from before.</summary>
    private async Task HistoriesAreTheSameAfterReopening(CancellationToken cancel)
    {
        var place = _newPlace();
        await using (place.ConfigureAwait(false))
        {
            IReadOnlyList<string> before;
            var store = await place.OpenAsync(cancel).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var journal = await store.CreateAsync("study", Created, cancel).ConfigureAwait(false);
                await AppendSample(journal, cancel).ConfigureAwait(false);
                before = EventText.Of(Fold(await ReadAll(journal, cancel).ConfigureAwait(false)));
                await journal.DisposeAsync().ConfigureAwait(false);
            }

            DemandSame(EventText.Of(Fold(SampleEvents.All.Select((draft, i) => draft.At(i + 1)))), before,
                "the history of the stored events");
            store = await place.OpenAsync(cancel).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var journal = await store.OpenAsync("study", cancel).ConfigureAwait(false);
                DemandSame(before, EventText.Of(Fold(await ReadAll(journal, cancel).ConfigureAwait(false))), "the history after reopening");
                var head = await journal.AppendAsync(0, (at, _) => [Tick(at)], cancel).ConfigureAwait(false);
                Demand(head == SampleEvents.All.Count + 1, $"the first append after reopening returned {head}.");
            }
        }
    }

    /// <summary>
    /// All configurations that one journal hands out are points of the same space objects, so that samplers can compare them cheaply.
    /// </summary>
    private Task ConfigurationsShareTheSpaceOfTheirStudy(CancellationToken cancel) => WithJournal(async (place, _, journal) =>
    {
        await AppendSample(journal, cancel).ConfigureAwait(false);
        var store = await place.OpenAsync(cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var fresh = await store.OpenAsync("study", cancel).ConfigureAwait(false);
            var first = await ReadAll(fresh, cancel).ConfigureAwait(false);
            var second = await ReadAll(fresh, cancel).ConfigureAwait(false);
            IReadOnlyList<JournalEvent> tail = [];
            await fresh.AppendAsync(1, (_, events) =>
            {
                tail = [.. events];
                return [];
            }, cancel).ConfigureAwait(false);
            foreach (var (left, right) in first.Zip(second).Concat(first.Skip(1).Zip(tail)))
            {
                if (left.Payload is Proposed { Configuration: var one } && right.Payload is Proposed { Configuration: var two })
                    Demand(ReferenceEquals(one.Space, two.Space),
                        $"two readings of event {left.Position} of one journal are points of different space objects.");
            }
        }
    }, cancel);
}
