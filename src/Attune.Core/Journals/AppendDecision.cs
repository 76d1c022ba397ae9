using Attune.Events;

namespace Attune.Journals;

/// <summary>Decides what to append, knowing everything that stands in the journal. It runs while nobody else can append.</summary>
/// <param name="head">The position of the last event.</param>
/// <param name="tail">The events after the position that the caller knew, in order, up to the head.</param>
/// <returns>What to append, at positions head + 1, head + 2, …; empty to append nothing.</returns>
/// <remarks>It must be quick, must not wait, and must not call the journal. What it throws passes to the caller, and nothing is
/// appended.</remarks>
public delegate IReadOnlyList<EventDraft> AppendDecision(long head, IReadOnlyList<JournalEvent> tail);
