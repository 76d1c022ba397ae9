namespace Attune.Histories;

/// <summary>A configuration that waits to be tried.</summary>
/// <param name="Position">The position of the event that enqueued it.</param>
/// <param name="Configuration">The configuration.</param>
/// <param name="Note">A remark for people; null for none.</param>
public sealed record QueuedConfiguration(long Position, Configuration Configuration, string? Note);
