using System.Runtime.CompilerServices;
using Attune.Events;
using Attune.Journals;
using Attune.Sqlite.Reading;
using Attune.Sqlite.Writing;

namespace Attune.Sqlite;

/// <summary>The journal of one study in a SQLite file.</summary>
internal sealed class SqliteJournal : IJournal
{
    private const int ChunkSize = 1024;

    private readonly SqliteStore _store;
    private readonly long _id;
    private readonly StudyWriter _writer;
    private readonly ChangeSignal _changes = new();

    internal SqliteJournal(SqliteStore store, long id, string study)
    {
        (_store, _id, Study) = (store, id, study);
        Definitions = new(id);
        Leases = new SqliteLeaseTable(store, id, study);
        _writer = new(id, study, Definitions, store.Options);
    }

    public string Study { get; }

    public bool IsShared => true;

    public ILeaseTable Leases { get; }

    internal Definitions Definitions { get; }

    internal long Id => _id;

    public ValueTask<long> AppendAsync(long after, AppendDecision decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return _store.Queue.RunAsync(new AppendRequest(_writer, _changes, after, decide), cancellationToken);
    }

    public async IAsyncEnumerable<JournalEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var (head, reader) = _store.Read(database =>
        {
            var last = Head(database);
            return (last, last > after ? new EventReader(Definitions, Definitions.CodecAt(database, after)) : null);
        });

        // While the caller takes in one chunk, another thread reads the next.
        Task<List<JournalEvent>>? ahead = null;
        try
        {
            for (var position = after; position < head;)
            {
                var chunk = ahead is null ? ReadChunk(reader!, position, head) : await ahead.ConfigureAwait(false);
                position += chunk.Count;
                var next = position;
                ahead = next < head ? Task.Run(() => ReadChunk(reader!, next, head), CancellationToken.None) : null;
                foreach (var journalEvent in chunk)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return journalEvent;
                }
            }
        }
        finally
        {
            if (ahead is not null)
                await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask WaitAsync(long after, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero);
        var (time, poll) = (_store.Options.Time, _store.Options.PollInterval);
        var since = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var appended = _changes.Next;
            if (_store.Read(database => EventTable.Head(database, _id)) is not { } head || head > after)
                return;
            var left = patience - time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
                return;
            await appended.WaitAsync(left < poll ? left : poll, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does nothing: the journal belongs to its store, and others may have it open.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal long Head(Connections.Database database) => EventTable.Head(database, _id) ?? throw new JournalException(
        JournalFault.NotFound, $"The study '{Study}' was deleted from the store '{database.Path}'.");

    private List<JournalEvent> ReadChunk(EventReader reader, long after, long head) =>
        _store.Read(database => ReadChunk(database, reader, after, head));

    private List<JournalEvent> ReadChunk(Connections.Database database, EventReader reader, long after, long head)
    {
        var chunk = new List<JournalEvent>((int)Math.Min(ChunkSize, head - after));
        var rows = EventTable.SelectRange(database, _id, after, head, ChunkSize);
        while (rows.Step())
        {
            if (EventTable.Position(rows) != after + 1 + chunk.Count)
                break;
            chunk.Add(reader.Read(rows));
        }

        rows.Reset();
        if (chunk.Count > 0)
            return chunk;
        Head(database);
        throw new JournalException(
            JournalFault.Damaged, $"The event at position {after + 1} of the study '{Study}' is missing in the store '{database.Path}'. "
                + "Restore it from a backup.");
    }
}
