using System.Runtime.CompilerServices;
using Attune.Events;
using Attune.Histories;
using Attune.Journals;

namespace Attune.Testing;

/// <summary>
/// The laws that every store and its journals keep, one method a law. A test lists <see cref="Laws"/> and calls <see cref="CheckAsync"/>;
/// whoever writes a store runs the same suite.
/// </summary>
public sealed partial class JournalContract
{
    private static readonly LawTable<Func<JournalContract, CancellationToken, Task>> Checks = new(
        new()
        {
            [nameof(PositionsAreDense)] = (contract, cancel) => contract.PositionsAreDense(cancel),
            [nameof(TailsHoldExactlyWhatIsNew)] = (contract, cancel) => contract.TailsHoldExactlyWhatIsNew(cancel),
            [nameof(AppendsAreAtomicAtEveryEvent)] = (contract, cancel) => contract.AppendsAreAtomicAtEveryEvent(cancel),
            [nameof(FailedDecisionsAppendNothing)] = (contract, cancel) => contract.FailedDecisionsAppendNothing(cancel),
            [nameof(CancelledAppendsAppendNothing)] = (contract, cancel) => contract.CancelledAppendsAppendNothing(cancel),
            [nameof(PositionsBeyondTheEndAreRefused)] = (contract, cancel) => contract.PositionsBeyondTheEndAreRefused(cancel),
            [nameof(AppendsAreReadAtOnce)] = (contract, cancel) => contract.AppendsAreReadAtOnce(cancel),
            [nameof(ReadingBeginsAnywhere)] = (contract, cancel) => contract.ReadingBeginsAnywhere(cancel),
            [nameof(ReadersSeePrefixesWhileOthersAppend)] = (contract, cancel) => contract.ReadersSeePrefixesWhileOthersAppend(cancel),
            [nameof(EveryKindOfEventIsKept)] = (contract, cancel) => contract.EveryKindOfEventIsKept(cancel),
            [nameof(LargeEventsAreKept)] = (contract, cancel) => contract.LargeEventsAreKept(cancel),
            [nameof(HistoriesAreTheSameAfterReopening)] = (contract, cancel) => contract.HistoriesAreTheSameAfterReopening(cancel),
            [nameof(ConfigurationsShareTheSpaceOfTheirStudy)] = (contract, cancel) =>
                contract.ConfigurationsShareTheSpaceOfTheirStudy(cancel),
            [nameof(DecisionsTakeTurns)] = (contract, cancel) => contract.DecisionsTakeTurns(cancel),
            [nameof(StaleTokensAreRefusedByDecisions)] = (contract, cancel) => contract.StaleTokensAreRefusedByDecisions(cancel),
            [nameof(StudiesAreKeptByName)] = (contract, cancel) => contract.StudiesAreKeptByName(cancel),
            [nameof(OneOfManyCreates)] = (contract, cancel) => contract.OneOfManyCreates(cancel),
            [nameof(DeletedStudiesAreGone)] = (contract, cancel) => contract.DeletedStudiesAreGone(cancel),
            [nameof(LeasesAreComparedAndSwapped)] = (contract, cancel) => contract.LeasesAreComparedAndSwapped(cancel),
            [nameof(LeaseRacesHaveOneWinner)] = (contract, cancel) => contract.LeaseRacesHaveOneWinner(cancel),
            [nameof(WaitingEndsWithAnAppend)] = (contract, cancel) => contract.WaitingEndsWithAnAppend(cancel),
            [nameof(WaitingEndsByItself)] = (contract, cancel) => contract.WaitingEndsByItself(cancel),
        });

    private readonly string _subject;
    private readonly Func<StorePlace> _newPlace;

    /// <summary>A suite for one kind of store.</summary>
    /// <param name="subject">What is tested, for messages.</param>
    /// <param name="newPlace">Makes an empty place; each law takes a new one.</param>
    public JournalContract(string subject, Func<StorePlace> newPlace)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(newPlace);
        (_subject, _newPlace) = (subject, newPlace);
    }

    /// <summary>The names of all laws.</summary>
    public static IReadOnlyList<string> Laws => Checks.Names;

    /// <summary>Checks a law.</summary>
    /// <param name="law">One of <see cref="Laws"/>.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ContractViolationException">The law is not kept.</exception>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public Task CheckAsync(string law, CancellationToken cancellationToken = default) => Checks.Find(law)(this, cancellationToken);

    private static EventDraft Created => SampleEvents.All[0];

    private static EventDraft Tick(long sequence, string writer = "w") =>
        new(Created.Time.AddSeconds(sequence), writer, sequence, 0, 0, new Ticked());

    private void Demand(bool holds, string message, [CallerMemberName] string law = "")
    {
        if (!holds)
            throw new ContractViolationException(_subject, law, 0, message);
    }

    private void DemandSame(IReadOnlyList<string> expected, IReadOnlyList<string> found, string what, [CallerMemberName] string law = "")
    {
        for (var i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            var (left, right) = (i < expected.Count ? expected[i] : "nothing", i < found.Count ? found[i] : "nothing");
            Demand(left == right, $"{what}: expected\n  {left}\nbut found\n  {right}", law);
        }
    }

    private async Task<T> DemandThrows<T>(Func<Task> action, string message, [CallerMemberName] string law = "")
        where T : Exception
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (T exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            throw new ContractViolationException(_subject, law, 0, $"{message}, but it threw {exception}");
        }

        throw new ContractViolationException(_subject, law, 0, $"{message}, but nothing was thrown.");
    }

    private async Task DemandFault(JournalFault fault, Func<Task> action, string message, [CallerMemberName] string law = "")
    {
        var exception = await DemandThrows<JournalException>(action, message, law).ConfigureAwait(false);
        Demand(exception.Fault == fault, $"{message} with the fault {fault}, but the fault is {exception.Fault}: {exception.Message}", law);
    }

    private static async Task<List<JournalEvent>> ReadAll(IJournal journal, CancellationToken cancel, long after = 0)
    {
        var events = new List<JournalEvent>();
        await foreach (var journalEvent in journal.ReadAsync(after, cancel).ConfigureAwait(false))
            events.Add(journalEvent);
        return events;
    }

    private static async Task<long> HeadOf(IJournal journal, CancellationToken cancel)
    {
        var events = await ReadAll(journal, cancel).ConfigureAwait(false);
        return events.Count == 0 ? 0 : events[^1].Position;
    }

    /// <summary>Appends the sample study in bites of various sizes.</summary>
    private static async Task AppendSample(IJournal journal, CancellationToken cancel)
    {
        var drafts = SampleEvents.All;
        var head = 1L;
        for (var (next, size) = (1, 1); next < drafts.Count; size = (size % 4) + 1)
        {
            var bite = drafts.Skip(next).Take(size).ToArray();
            head = await journal.AppendAsync(head, (_, _) => bite, cancel).ConfigureAwait(false);
            next += bite.Length;
        }
    }

    /// <summary>Runs work with a new place, a store there and a study in it.</summary>
    private async Task WithJournal(Func<StorePlace, IStudyStore, IJournal, Task> work, CancellationToken cancel)
    {
        await WithStore(async (place, store) =>
        {
            var journal = await store.CreateAsync("study", Created, cancel).ConfigureAwait(false);
            await using (journal.ConfigureAwait(false))
                await work(place, store, journal).ConfigureAwait(false);
        }, cancel).ConfigureAwait(false);
    }

    private async Task WithStore(Func<StorePlace, IStudyStore, Task> work, CancellationToken cancel)
    {
        var place = _newPlace();
        await using (place.ConfigureAwait(false))
        {
            var store = await place.OpenAsync(cancel).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
                await work(place, store).ConfigureAwait(false);
        }
    }

    private static History Fold(IEnumerable<JournalEvent> events) => HistoryFold.Fold(events);
}
