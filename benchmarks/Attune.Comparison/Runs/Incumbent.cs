using Attune.Problems;

namespace Attune.Comparison;

/// <summary>The best of a run so far with one objective: chosen by what the method saw, of what meets the outcome constraints, and scored
/// by the value without noise.</summary>
/// <param name="problem">The problem.</param>
internal sealed class Incumbent(BenchmarkProblem problem)
{
    private readonly Objective _objective = problem.Problem.Objectives[0];

    private double _seen = double.PositiveInfinity;

    /// <summary>Its value without noise, in the problem's own direction; before the first feasible trial what the problem says
    /// that counts then.</summary>
    internal double? Value { get; private set; } = problem.InfeasibleValue;

    /// <summary>Takes note of an evaluation.</summary>
    /// <returns>Whether it is the best so far.</returns>
    internal bool Take(BenchmarkEvaluation evaluation)
    {
        var loss = _objective.Orient(evaluation.Values[_objective.Metric]);
        if (loss >= _seen || problem.Problem.Constraints.Any(constraint => constraint.Violation(evaluation.Values[constraint.Metric]) > 0))
            return false;
        (_seen, Value) = (loss, evaluation.Noiseless[_objective.Metric]);
        return true;
    }
}
