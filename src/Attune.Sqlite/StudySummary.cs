using Attune.Events;

namespace Attune.Sqlite;

/// <summary>What a study is and how far it has come, without its trials.</summary>
/// <param name="Name">The name.</param>
/// <param name="Definition">What it was created with.</param>
/// <param name="Events">The number of events: the position of the last one.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="UpdatedAt">The time of the last event (UTC).</param>
/// <param name="Counts">How many trials are in each state; states without trials are missing.</param>
public sealed record StudySummary(
    string Name, StudyDefinition Definition, long Events, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    IReadOnlyDictionary<TrialState, int> Counts)
{
    /// <summary>How many trials are in a state.</summary>
    /// <param name="state">The state.</param>
    public int CountOf(TrialState state) => Counts.GetValueOrDefault(state);
}
