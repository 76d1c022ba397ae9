using Attune.Problems;

namespace Attune.Comparison;

/// <summary>The best of a run so far with one objective: chosen by what the method saw, scored by the value without noise.</summary>
/// <param name="objective">The objective.</param>
internal sealed class Incumbent(Objective objective)
{
    private double _seen = double.PositiveInfinity;

    /// <summary>Its value without noise, in the problem's own direction; null before the first trial.</summary>
    internal double? Value { get; private set; }

    internal void Take(BenchmarkEvaluation evaluation)
    {
        var loss = objective.Orient(evaluation.Values[objective.Metric]);
        if (loss >= _seen)
            return;
        (_seen, Value) = (loss, evaluation.Noiseless[objective.Metric]);
    }
}
