namespace Attune.Comparison;

/// <summary>What one suggestion cost, with the tell before it.</summary>
/// <param name="Seconds">Of the clock.</param>
/// <param name="ProcessorSeconds">Of the processor; those of the clock where the system does not tell.</param>
/// <param name="AllocatedBytes">What was allocated, what the study keeps of the trial included.</param>
public readonly record struct SuggestionCost(double Seconds, double ProcessorSeconds, long AllocatedBytes);
