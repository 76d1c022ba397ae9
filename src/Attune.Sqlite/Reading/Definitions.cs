using Attune.Events;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Reading;

/// <summary>
/// The creation of a study and every revision of its space, each decoded once: all configurations that a journal hands out belong to the
/// same space objects, whoever reads them.
/// </summary>
internal sealed class Definitions(long study)
{
    private readonly Lock _gate = new();
    private readonly SortedList<long, StudyEvent> _payloads = [];

    /// <summary>The payload at a position: the known one, or the current row's.</summary>
    internal StudyEvent Get(Statement row, Utf8Names names)
    {
        var position = EventTable.Position(row);
        lock (_gate)
        {
            if (!_payloads.TryGetValue(position, out var payload))
                _payloads[position] = payload = EventTable.Decode(row, new EventCodec(), names);
            return payload;
        }
    }

    /// <summary>Takes note of a definition that this process appended.</summary>
    internal void Add(long position, StudyEvent payload)
    {
        lock (_gate)
            _payloads[position] = payload;
    }

    /// <summary>Forgets definitions of a transaction that did not stand.</summary>
    internal void RemoveFrom(long position)
    {
        lock (_gate)
        {
            while (_payloads.Count > 0 && _payloads.GetKeyAtIndex(_payloads.Count - 1) >= position)
                _payloads.RemoveAt(_payloads.Count - 1);
        }
    }

    /// <summary>How often the space had been revised before a position; all definitions up to it must be known.</summary>
    internal int RevisionsBefore(long position)
    {
        lock (_gate)
            return _payloads.Keys.Count(key => key < position) - 1;
    }

    /// <summary>A codec that knows every definition up to a position.</summary>
    internal EventCodec CodecAt(Database database, long position)
    {
        var codec = new EventCodec();
        if (position > 0)
        {
            foreach (var payload in ReadUpTo(database, position))
                codec.Accept(payload);
        }

        return codec;
    }

    /// <summary>The definitions up to a position in order, the creation first.</summary>
    internal IReadOnlyList<StudyEvent> ReadUpTo(Database database, long position)
    {
        long known;
        lock (_gate)
            known = _payloads.Count == 0 ? 0 : _payloads.GetKeyAtIndex(_payloads.Count - 1);
        if (known < position)
        {
            var names = new Utf8Names();
            var rows = EventTable.SelectDefinitions(database, study, known);
            while (rows.Step())
                Get(rows, names);
        }

        lock (_gate)
            return [.. _payloads.TakeWhile(pair => pair.Key <= position).Select(pair => pair.Value)];
    }
}
