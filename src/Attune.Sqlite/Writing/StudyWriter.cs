using Attune.Events;
using Attune.Journals;
using Attune.Sqlite.Connections;
using Attune.Sqlite.Projection;
using Attune.Sqlite.Reading;

namespace Attune.Sqlite.Writing;

/// <summary>
/// The writing side of one study, used under the write lock alone. It keeps the trials that are open in this process, so that an append
/// costs by what it adds, not by what there is.
/// </summary>
internal sealed class StudyWriter(long study, string name, Definitions definitions, SqliteStoreOptions options)
{
    private const int MostOpen = 4096;

    private readonly Dictionary<int, ProjectedTrial> _open = [];
    private readonly List<(JournalEvent Event, EncodedEvent Encoded)> _drafts = [];
    private readonly Dictionary<int, ProjectedTrial> _changed = [];
    private EventCodec _codec = new();
    private EventReader? _reader;
    private Problem _problem = null!;
    private int _revisions;
    private int _trials;
    private long _firstWritten;
    private long _known;

    /// <summary>The transaction stands.</summary>
    internal void Commit() => _firstWritten = 0;

    /// <summary>Forgets what was derived from a transaction that did not stand.</summary>
    internal void Undo()
    {
        if (_firstWritten > 0)
            definitions.RemoveFrom(_firstWritten);
        _firstWritten = 0;
        Reset();
    }

    private void Reset()
    {
        _reader = null;
        _open.Clear();
        _drafts.Clear();
        _changed.Clear();
    }

    /// <summary>Lets a caller decide on the journal as it is, and prepares what it wants appended.</summary>
    /// <returns>The position of the last event after the append.</returns>
    internal long Decide(Database database, long after, AppendDecision decide)
    {
        var head = EventTable.Head(database, study) ?? throw new JournalException(
            JournalFault.NotFound, $"The study '{name}' was deleted from the store '{database.Path}'.");
        if (after < 0 || after > head)
            throw new ArgumentOutOfRangeException(nameof(after), after, $"The position must be from 0 to {head}, the end of the journal.");
        Load(database);
        var tail = ReadTail(database, after, head);
        var drafts = decide(head, tail);
        try
        {
            for (var i = 0; i < drafts.Count; i++)
                Prepare(database, drafts[i], head + 1 + i);
            return head + drafts.Count;
        }
        catch
        {
            Reset();
            throw;
        }
    }

    /// <summary>Writes what was prepared.</summary>
    internal void Write(Database database)
    {
        foreach (var (journalEvent, encoded) in _drafts)
        {
            options.BeforeWrite?.Invoke("event");
            EventTable.Write(database, study, journalEvent, encoded);
            _known = journalEvent.Position;
            if (_firstWritten == 0)
                _firstWritten = _known;
            if (journalEvent.Payload is SpaceRevised)
                definitions.Add(_known, journalEvent.Payload);
        }

        _drafts.Clear();
        foreach (var (number, projected) in _changed)
        {
            options.BeforeWrite?.Invoke("trial");
            TrialRows.Write(database, study, TrialRows.Of(_problem, projected));
            if (projected.Trial.IsFinished)
                _open.Remove(number);
            else
                _open[number] = projected;
        }

        _changed.Clear();
        if (_open.Count > MostOpen)
            _open.Clear();
    }

    private void Load(Database database)
    {
        if (_reader is not null)
            return;
        _known = EventTable.Head(database, study) ?? 0;
        _codec = new();
        var payloads = definitions.ReadUpTo(database, _known);
        foreach (var payload in payloads)
            _codec.Accept(payload);
        _problem = ((StudyCreated)payloads[0]).Definition.Problem;
        _revisions = payloads.Count - 1;
        _trials = (int)(database["SELECT max(number) + 1 FROM trial_rows WHERE study = ?1"].Bind(1, study).Scalar() ?? 0);
        _reader = new(definitions, _codec);
    }

    private List<JournalEvent> ReadTail(Database database, long after, long head)
    {
        if (after == head && _known == head)
            return [];
        var tail = new List<JournalEvent>((int)(head - after));
        var from = Math.Min(after, _known);
        var rows = EventTable.SelectRange(database, study, from, head, head - from);
        while (rows.Step())
        {
            var position = EventTable.Position(rows);
            var isNew = position > _known;
            if (isNew)
                TakeNote(rows);
            if (position > after)
                tail.Add(_reader!.Read(rows, isNew));
            else if (isNew)
                _reader!.Pass(rows);
        }

        _known = head;
        return tail;
    }

    /// <summary>Another process wrote this event: what is kept of its trial is no longer the newest.</summary>
    private void TakeNote(Statement row)
    {
        if (EventTable.Trial(row) is { } trial)
        {
            _open.Remove(trial);
            _trials = Math.Max(_trials, trial + 1);
        }
        else if (EventTable.IsDefinition(row))
        {
            _revisions++;
        }
    }

    private void Prepare(Database database, in EventDraft draft, long position)
    {
        if (draft.Payload is null)
            throw new ArgumentException("An event needs a payload.", nameof(draft));
        if (string.IsNullOrEmpty(draft.Writer))
            throw new ArgumentException("An event needs a writer.", nameof(draft));
        if (draft.Sequence < 0)
            throw new ArgumentException($"An event's sequence is {draft.Sequence}; it must not be negative.", nameof(draft));
        if (draft.Payload is StudyCreated)
            throw new InvalidOperationException(
                $"The study '{name}' has been created already; a journal holds one creation, at its beginning.");
        var journalEvent = draft.At(position);
        if (draft.Payload is TrialEvent payload)
            Project(database, journalEvent, payload);
        var encoded = _codec.Encode(draft.Payload);
        _codec.Accept(draft.Payload);
        if (draft.Payload is SpaceRevised)
            _revisions++;
        _drafts.Add((journalEvent, encoded));
    }

    private void Project(Database database, in JournalEvent journalEvent, TrialEvent payload)
    {
        try
        {
            if (payload is Reserved && payload.Trial > _trials)
                throw new JournalException(JournalFault.Damaged, $"Trial {payload.Trial} cannot be reserved: {_trials} is the next free "
                    + "number.");
            var before = payload.Trial < _trials ? Find(database, payload.Trial) : null;
            _changed[payload.Trial] = ProjectedTrial.Apply(_problem, _revisions, before, journalEvent);
            _trials = Math.Max(_trials, payload.Trial + 1);
        }
        catch (JournalException exception) when (exception.Fault == JournalFault.Damaged)
        {
            throw new InvalidOperationException(
                $"An event does not fit the journal of '{name}', so nothing was appended. {exception.Message}", exception);
        }
    }

    private ProjectedTrial? Find(Database database, int number)
    {
        if (_changed.TryGetValue(number, out var projected) || _open.TryGetValue(number, out projected))
            return projected;
        var rows = EventTable.SelectTrial(database, study, number);
        while (rows.Step())
        {
            var journalEvent = _reader!.Read(rows);
            projected = ProjectedTrial.Apply(_problem, definitions.RevisionsBefore(journalEvent.Position), projected, journalEvent);
        }

        return projected;
    }
}
