namespace Attune;

/// <summary>The place that a scheduler gives a trial, journalled with every start, resumption and decision.</summary>
/// <param name="Bracket">The bracket, from 0.</param>
/// <param name="Rung">The rung within the bracket, from 0.</param>
/// <param name="From">The resource from which it runs.</param>
/// <param name="To">The resource up to which it runs.</param>
public sealed record ScheduleStep(int Bracket, int Rung, double From, double To);
