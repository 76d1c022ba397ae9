using Attune.Histories;

namespace Attune.Scheduling;

/// <summary>What a scheduler decides from. It lies wholly in the journal, so that the decision can be derived again.</summary>
/// <param name="History">The study at the position up to which the scheduler has observed. Valid during the call only.</param>
public readonly record struct ScheduleContext(History History);
