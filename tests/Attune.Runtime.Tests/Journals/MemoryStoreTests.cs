using Attune.Events;
using Attune.Journals;

namespace Attune.Runtime.Tests.Journals;

public sealed class MemoryStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task AppendAsync_NothingNew_HandsOutTheSameEmptyTailWithoutAllocation()
    {
        var journal = await Create();
        EventDraft[] ticks = [new(Noon, "w", 1, 0, 0, new Ticked())];
        AppendDecision decide = (_, tail) => tail.Count == 0 ? ticks : throw new InvalidOperationException("The tail must be empty.");
        var cancel = Cancel;
        var head = await journal.AppendAsync(1, decide, cancel);
        var synchronous = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 900; i++)
        {
            var append = journal.AppendAsync(head, decide, cancel);
            synchronous += append.IsCompletedSuccessfully ? 1 : 0;
            head = await append;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // All of it fits into the first chunk of rows, which exists already.
        Assert.Equal(902, head);
        Assert.Equal(900, synchronous);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task ReadAsync_OfThousandsOfEvents_GivesThemAsTheyWereAppended()
    {
        var journal = await Create();
        var space = new SearchSpace([new FloatParameter("x", 0, 1)]);
        var expected = new List<JournalEvent>();
        for (var trial = 0; trial < 700; trial++)
        {
            EventDraft[] drafts =
            [
                Draft(new Reserved(trial, TrialOrigin.Sampler, trial, 0, 1)), Draft(new Proposed(trial, space.Decode([trial / 700.0]), 1, 0, null, "f")),
                Draft(new Started(trial, 1)), Draft(new Measured(trial, Measurement.Of($"metric {trial % 3}", trial))), Draft(new Finished(trial)),
            ];
            expected.AddRange(drafts.Select((draft, i) => draft.At((5 * trial) + i + 2)));
            await journal.AppendAsync(trial, (_, _) => drafts, Cancel);
        }

        // Views of the tail read the same as the whole, also across chunks.
        IReadOnlyList<JournalEvent> view = [];
        await journal.AppendAsync(900, (_, tail) =>
        {
            view = tail;
            return [];
        }, Cancel);
        Assert.Equal(expected, (await ReadAsync(journal)).Skip(1));
        Assert.Equal(expected.Skip(899), view);

        EventDraft Draft(StudyEvent payload) => new(Noon.AddTicks(expected.Count), $"w{expected.Count % 2}", expected.Count, 1, expected.Count / 2, payload);
    }

    [Fact]
    public async Task AppendAsync_FromItsOwnDecision_IsRefused()
    {
        var journal = await Create();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await journal.AppendAsync(
            1, (_, _) => journal.AppendAsync(1, (_, _) => [], Cancel).AsTask().GetAwaiter().GetResult() > 0 ? [] : [], Cancel));
        Assert.Equal(1, await journal.AppendAsync(1, (_, _) => [], Cancel));
    }

    [Fact]
    public async Task AppendAsync_OneOfSeveralDraftsIsIllegal_AppendsNone()
    {
        var journal = await Create();
        EventDraft good = new(Noon, "w", 1, 0, 0, new Ticked());
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await journal.AppendAsync(1, (_, _) => [good, good with { Sequence = -1 }], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await journal.AppendAsync(1, (_, _) => [good, good with { Writer = "" }], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AppendAsync(1, (_, _) => [good, default], Cancel));
        Assert.Equal(1, await journal.AppendAsync(1, (_, _) => [], Cancel));
    }

    [Fact]
    public async Task AppendAsync_StudyWasDeleted_SaysSo()
    {
        await using var store = new MemoryStore();
        var journal = await store.CreateAsync("s", Created(), Cancel);
        Assert.True(await store.DeleteAsync("s", Cancel));
        var exception = await Assert.ThrowsAsync<JournalException>(async () => await journal.AppendAsync(1, (_, _) => [], Cancel));
        Assert.Equal(JournalFault.NotFound, exception.Fault);
    }

    private static async Task<List<JournalEvent>> ReadAsync(IJournal journal)
    {
        var events = new List<JournalEvent>();
        await foreach (var journalEvent in journal.ReadAsync(0, Cancel))
            events.Add(journalEvent);
        return events;
    }

    private static async Task<IJournal> Create() => await new MemoryStore().CreateAsync("s", Created(), Cancel);

    private static EventDraft Created() => new(Noon, "w", 0, 0, 0, new StudyCreated(new(
        new Problem(new SearchSpace([new FloatParameter("x", 0, 1)]), [new Objective("loss")]), 1, new("random", 1), new("full", 1))));
}
