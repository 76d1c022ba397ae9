namespace Attune.Events;

/// <summary>An event that is to be appended: everything but its position.</summary>
/// <param name="Time">When, by the writer's clock (UTC).</param>
/// <param name="Writer">The name of the writer.</param>
/// <param name="Sequence">The writer's own count, from 1.</param>
/// <param name="Token">The fencing token under which the writer speaks for a trial; 0 where none is needed.</param>
/// <param name="Causation">The position of the event that this one follows from; 0 for none.</param>
/// <param name="Payload">What happened.</param>
public readonly record struct EventDraft(DateTimeOffset Time, string Writer, long Sequence, int Token, long Causation, StudyEvent Payload)
{
    /// <summary>The event at a position of the journal, in the newest format.</summary>
    /// <param name="position">The position, from 1.</param>
    public JournalEvent At(long position) => new(position, Time, Writer, Sequence, Token, Causation, EventCodec.FormatVersion, Payload);
}
