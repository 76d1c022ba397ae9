namespace Attune.Execution;

/// <summary>An objective computed NaN or infinity; the trial failed in that way.</summary>
/// <param name="message">Which metric, and what it is.</param>
public sealed class NonFiniteMetricException(string message) : Exception(message);
