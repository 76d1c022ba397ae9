using System.Collections;
using Attune.Events;

namespace Attune.Testing;

/// <content>Laws of appending.</content>
public sealed partial class JournalContract
{
    /// <summary>Events stand at 1, 2, 3, … and an append returns the position of the last.</summary>
    private Task PositionsAreDense(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        Demand(journal.Study == "study", $"the journal of 'study' calls itself '{journal.Study}'.");
        var head = 1L;
        for (var size = 0; size < 5; size++)
        {
            var drafts = Enumerable.Range(0, size).Select(i => Tick(i + 1)).ToArray();
            var next = await journal.AppendAsync(head, (_, _) => drafts, cancel).ConfigureAwait(false);
            Demand(next == head + size, $"an append of {size} events after {head} returned {next} instead of {head + size}.");
            head = next;
        }

        var events = await ReadAll(journal, cancel).ConfigureAwait(false);
        var positions = events.Select(journalEvent => journalEvent.Position);
        Demand(positions.SequenceEqual(Enumerable.Range(1, 11).Select(i => (long)i)),
            $"the positions are {string.Join(' ', positions)} instead of 1 to 11.");
    }, cancel);

    /// <summary>A decision sees the head, and the events after what the caller knew up to it; nothing when nothing is new.</summary>
    private Task TailsHoldExactlyWhatIsNew(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        await AppendSample(journal, cancel).ConfigureAwait(false);
        var all = EventText.Of(SampleEvents.All.Select((draft, i) => draft.At(i + 1)));
        for (var after = 0; after <= all.Count; after++)
        {
            IReadOnlyList<JournalEvent> tail = [];
            var found = await journal.AppendAsync(after, (head, events) =>
            {
                tail = [.. events];
                return head == all.Count ? [] : throw new InvalidOperationException($"The head is {head} instead of {all.Count}.");
            }, cancel).ConfigureAwait(false);
            Demand(found == all.Count, $"an append of nothing returned {found} instead of {all.Count}.");
            Demand(tail.Count == all.Count - after, $"the tail after {after} of {all.Count} has {tail.Count} events.");
            var texts = EventText.Of((await ReadAll(journal, cancel).ConfigureAwait(false)).Take(after).Concat(tail));
            DemandSame(all, texts, $"the tail after {after}");
        }
    }, cancel);

    /// <summary>When the writing fails between any two events, none of the append is there, and the journal goes on.</summary>
    private Task AppendsAreAtomicAtEveryEvent(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        var drafts = SampleEvents.All.Skip(1).ToArray();
        for (var broken = 0; broken < drafts.Length; broken++)
        {
            var failing = new FailingDrafts(drafts, broken);
            await DemandThrows<InjectedFailureException>(
                () => journal.AppendAsync(1, (_, _) => failing, cancel).AsTask(), $"a failure at event {broken + 1} must reach the caller")
                    .ConfigureAwait(false);
            var head = await HeadOf(journal, cancel).ConfigureAwait(false);
            Demand(head == 1, $"after a failure at event {broken + 1} of an append, {head - 1} of its events stand in the journal.");
        }

        await AppendSample(journal, cancel).ConfigureAwait(false);
        var found = EventText.Of(await ReadAll(journal, cancel).ConfigureAwait(false));
        DemandSame(EventText.Of(SampleEvents.All.Select((draft, i) => draft.At(i + 1))), found, "the journal after failures");
    }, cancel);

    /// <summary>What a decision throws reaches the caller as it is, and nothing is appended.</summary>
    private Task FailedDecisionsAppendNothing(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        var thrown = new InjectedFailureException();
        var caught = await DemandThrows<InjectedFailureException>(
            () => journal.AppendAsync(1, (_, _) => throw thrown, cancel).AsTask(), "what a decision throws must reach the caller")
                .ConfigureAwait(false);
        Demand(ReferenceEquals(thrown, caught), "another exception arrived than the decision threw.");
        Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 1, "a failed decision appended something.");

        // One that fails does not take those along that wait beside it.
        var appends = Enumerable.Range(0, 16).Select(i => Task.Run(
            () => journal.AppendAsync(0, (_, _) => i % 2 == 0 ? throw thrown : [Tick(i)], cancel).AsTask(), cancel)).ToArray();
        await Task.WhenAll(appends).ContinueWith(_ => { }, cancel, TaskContinuationOptions.None, TaskScheduler.Default)
            .ConfigureAwait(false);
        for (var i = 0; i < appends.Length; i++)
            Demand(appends[i].IsFaulted == (i % 2 == 0),
                $"append {i} of 16, of which every other one threw, ended as {appends[i].Status}.");
        Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 9,
            "of 16 appends of which 8 threw, not exactly 8 stand in the journal.");
    }, cancel);

    /// <summary>An append that is cancelled before its turn neither decides nor appends.</summary>
    private Task CancelledAppendsAppendNothing(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync().ConfigureAwait(false);
        var decided = false;
        await DemandThrows<OperationCanceledException>(
            () => journal.AppendAsync(1, (_, _) =>
            {
                decided = true;
                return [Tick(1)];
            }, cancelled.Token).AsTask(), "a cancelled append must throw OperationCanceledException").ConfigureAwait(false);
        Demand(!decided, "a cancelled append ran its decision.");
        Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 1, "a cancelled append appended something.");

        // Once the decision has run, the append is carried through.
        using var late = new CancellationTokenSource();
        var head = await journal.AppendAsync(1, (_, _) =>
        {
            late.Cancel();
            return [Tick(1)];
        }, late.Token).ConfigureAwait(false);
        Demand(head == 2, $"an append that was cancelled after its decision returned {head} instead of 2.");
    }, cancel);

    private Task PositionsBeyondTheEndAreRefused(CancellationToken cancel) => WithJournal(async (_, _, journal) =>
    {
        foreach (var after in (long[])[-1, 2, 1000])
        {
            await DemandThrows<ArgumentOutOfRangeException>(
                () => journal.AppendAsync(after, (_, _) => [Tick(1)], cancel).AsTask(),
                $"an append after position {after} of a journal that ends at 1 must be refused").ConfigureAwait(false);
        }

        Demand(await HeadOf(journal, cancel).ConfigureAwait(false) == 1, "a refused append appended something.");
    }, cancel);

    private sealed class InjectedFailureException() : Exception("The test breaks the append here.");

    private sealed class FailingDrafts(EventDraft[] drafts, int broken) : IReadOnlyList<EventDraft>
    {
        public int Count => drafts.Length;

        public EventDraft this[int index] => index == broken ? throw new InjectedFailureException() : drafts[index];

        public IEnumerator<EventDraft> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
