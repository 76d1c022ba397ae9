namespace Attune.Comparison;

/// <summary>A run has ended.</summary>
/// <param name="Done">How many have ended so far.</param>
/// <param name="All">How many there are to run.</param>
/// <param name="Last">The run's last trial.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RunProgress(int Done, int All, TrialLine Last, double Seconds);
