using Attune.Events;

namespace Attune.Histories;

/// <summary>What the journal knows of a writer.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="LastSeen">The time of its last event.</param>
/// <param name="HasLeft">Whether it ended in an orderly way.</param>
public sealed record WriterRecord(WriterIdentity Identity, DateTimeOffset LastSeen, bool HasLeft);
