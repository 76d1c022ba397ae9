using System.Globalization;
using Attune;
using Attune.Events;
using Attune.Sqlite;

// Appends events to the study 's' of a store and tells on standard output what was acknowledged: one line "sequence position" each.
// Arguments: the path of the store, the name of the writer, how many events.
var (path, writer, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
await using var store = await SqliteStore.OpenAsync(path);
var journal = await store.OpenAsync("s", CancellationToken.None);
var (known, trials) = (0L, 0);
for (var sequence = 1; sequence <= count; sequence++)
{
    known = await journal.AppendAsync(known, Decide, CancellationToken.None);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sequence} {known}"));

    IReadOnlyList<EventDraft> Decide(long head, IReadOnlyList<JournalEvent> tail)
    {
        trials += tail.Count(journalEvent => journalEvent.Payload is Reserved);
        return [new(DateTimeOffset.UnixEpoch, writer, sequence, 1, head, new Reserved(trials++, TrialOrigin.Sampler, 0, 0, 1))];
    }
}

return 0;
