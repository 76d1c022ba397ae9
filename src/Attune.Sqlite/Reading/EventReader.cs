using Attune.Events;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Reading;

/// <summary>Decodes rows of one study in order of position.</summary>
internal sealed class EventReader(Definitions definitions, EventCodec codec)
{
    private readonly Utf8Names _names = new();

    /// <summary>The event of the current row.</summary>
    /// <param name="row">A row of the table of events.</param>
    /// <param name="isNew">Whether the codec has not passed it yet.</param>
    internal JournalEvent Read(Statement row, bool isNew = true)
    {
        if (!EventTable.IsDefinition(row))
            return EventTable.Envelope(row, _names, EventTable.Decode(row, codec, _names));
        var payload = definitions.Get(row, _names);
        if (isNew)
            codec.Accept(payload);
        return EventTable.Envelope(row, _names, payload);
    }

    /// <summary>Takes note of a row that the codec has not passed yet, without making an event of it.</summary>
    internal void Pass(Statement row)
    {
        if (EventTable.IsDefinition(row))
            codec.Accept(definitions.Get(row, _names));
    }
}
