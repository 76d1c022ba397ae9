namespace Attune.Events;

/// <summary>A payload as a store keeps it.</summary>
/// <param name="Kind">The kind of event, such as <c>proposed</c>.</param>
/// <param name="Trial">The trial that it happened to; null when it was not one trial.</param>
/// <param name="Body">A JSON object in UTF-8.</param>
public readonly record struct EncodedEvent(string Kind, int? Trial, ReadOnlyMemory<byte> Body);
