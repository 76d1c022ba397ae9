namespace Attune.Events;

/// <summary>An event as it stands in the journal of one study: the envelope around what happened.</summary>
/// <param name="Position">The place in the journal, from 1 without holes.</param>
/// <param name="Time">When, by the writer's clock (UTC).</param>
/// <param name="Writer">The name of the writer.</param>
/// <param name="Sequence">The writer's own count, from 1; writer and sequence together are the event's identity.</param>
/// <param name="Token">The fencing token under which the writer speaks for a trial; 0 where none is needed.</param>
/// <param name="Causation">The position of the event that this one follows from; 0 for none.</param>
/// <param name="Version">The version of the payload's format.</param>
/// <param name="Payload">What happened.</param>
public readonly record struct JournalEvent(
    long Position, DateTimeOffset Time, string Writer, long Sequence, int Token, long Causation, int Version, StudyEvent Payload)
{
    /// <summary>The trial that it happened to; null when it was not one trial.</summary>
    public int? Trial => (Payload as TrialEvent)?.Trial;
}
