namespace Attune.Problems;

/// <summary>What an evaluation gave.</summary>
/// <param name="Values">The metrics that a method sees, with noise where the problem has any.</param>
/// <param name="Noiseless">The same metrics without noise, by which results are scored.</param>
/// <param name="Seconds">The seconds of training that the evaluation stands for; 0 where there is none.</param>
public sealed record BenchmarkEvaluation(MetricValues Values, MetricValues Noiseless, double Seconds = 0);
