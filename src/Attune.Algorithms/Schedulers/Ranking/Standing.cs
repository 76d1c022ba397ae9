using System.Collections.Immutable;

namespace Attune.Algorithms.Schedulers;

/// <summary>What trials are ranked by: first the violation of the outcome constraints, then the losses.</summary>
/// <param name="Violation">The sum of what constraints are violated by; 0 for feasible, positive infinity for failed.</param>
/// <param name="Loss">The loss of the first objective.</param>
/// <param name="Losses">The losses of all objectives; default for one objective.</param>
internal readonly record struct Standing(double Violation, double Loss, ImmutableArray<double> Losses)
{
    /// <summary>What stands behind everything that has a value.</summary>
    internal static Standing Worst { get; } = new(double.PositiveInfinity, double.PositiveInfinity, default);

    internal bool IsWorst => double.IsPositiveInfinity(Violation);

    /// <summary>
    /// Where a trial stands at a level by a measurement that has just been observed: by the losses as the objectives reduce them; those
    /// that count at full fidelity only, and at lower levels have no value, by what was measured.
    /// </summary>
    /// <returns>Whether every objective was measured at the level or beyond, the last of them now.</returns>
    internal static bool TryRead(Problem problem, Trial trial, Measurement measurement, double level, out Standing standing)
    {
        standing = default;
        if (!RungLevels.Reaches(measurement.Resource, level))
            return false;
        if (problem.IsSingleObjective)
        {
            var objective = problem.Objectives[0];
            if (!measurement.Metrics.TryGet(objective.Metric, out var value))
                return false;
            standing = new(TotalViolation(trial), Reduced(trial, 0, objective, value), default);
            return true;
        }

        if (!problem.Objectives.Any(objective => measurement.Metrics.TryGet(objective.Metric, out _)))
            return false;
        return TryReadSeveral(problem, trial, level, ref standing);
    }

    /// <summary>Where a trial stands that will say no more: by the last value of each objective.</summary>
    /// <returns>Whether every objective has one.</returns>
    internal static bool TryReadLast(Problem problem, Trial trial, out Standing standing)
    {
        standing = default;
        return TryReadSeveral(problem, trial, double.NegativeInfinity, ref standing);
    }

    /// <summary>Better ones first; 0 for equal. Only for one objective.</summary>
    internal int CompareTo(in Standing other)
    {
        var order = Violation.CompareTo(other.Violation);
        return order != 0 ? order : Loss.CompareTo(other.Loss);
    }

    private static bool TryReadSeveral(Problem problem, Trial trial, double level, ref Standing standing)
    {
        var losses = ImmutableArray.CreateBuilder<double>(problem.Objectives.Length);
        for (var i = 0; i < problem.Objectives.Length; i++)
        {
            if (LastValue(trial, problem.Objectives[i].Metric, level) is not { } value)
                return false;
            losses.Add(Reduced(trial, i, problem.Objectives[i], value));
        }

        standing = new(TotalViolation(trial), losses[0], losses.Count == 1 ? default : losses.MoveToImmutable());
        return true;
    }

    private static double? LastValue(Trial trial, string metric, double level)
    {
        for (var i = trial.Measurements.Count - 1; i >= 0; i--)
        {
            var measurement = trial.Measurements[i];
            if (!double.IsNegativeInfinity(level) && !RungLevels.Reaches(measurement.Resource, level))
                continue;
            if (measurement.Metrics.TryGet(metric, out var value))
                return value;
        }

        return null;
    }

    private static double Reduced(Trial trial, int index, Objective objective, double value)
    {
        var losses = trial.Losses;
        return objective.Reduction is Reduction.Last or Reduction.AtFullFidelity || losses.IsEmpty
            ? objective.Orient(value)
            : losses[index];
    }

    // What is not known yet is not held against a trial.
    private static double TotalViolation(Trial trial)
    {
        var total = 0.0;
        foreach (var violation in trial.Violations)
        {
            if (violation > 0)
                total += violation;
        }

        return total;
    }
}
