using System.Collections.Immutable;

namespace Attune.Histories;

/// <summary>Turns measurements into minimised objective values: the one place where directions are applied.</summary>
internal static class LossReduction
{
    /// <summary>The losses of a trial whose last measurement is new, or of all its measurements.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="measurements">All measurements that count.</param>
    /// <param name="before">The losses before the last measurement was added; empty to reduce from scratch.</param>
    internal static ImmutableArray<double> Losses(Problem problem, MeasurementList measurements, ImmutableArray<double> before)
    {
        if (problem.Objectives.Length == 1)
            return Reduce(problem, problem.Objectives[0], measurements, before.Length == 1 ? before[0] : null) is { } single ? [single] : [];
        var losses = new double[problem.Objectives.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            if (Reduce(problem, problem.Objectives[i], measurements, before.Length == losses.Length ? before[i] : null) is not { } loss)
                return [];
            losses[i] = loss;
        }

        return ImmutableArray.Create(losses);
    }

    /// <summary>How far each outcome constraint is violated by the last measurement that holds its metric; NaN while it is missing.</summary>
    internal static ImmutableArray<double> Violations(Problem problem, MeasurementList measurements)
    {
        if (problem.Constraints.IsEmpty)
            return [];
        var violations = new double[problem.Constraints.Length];
        for (var i = 0; i < violations.Length; i++)
        {
            violations[i] = Last(measurements, problem.Constraints[i].Metric) is { } value
                ? problem.Constraints[i].Violation(value)
                : double.NaN;
        }

        return ImmutableArray.Create(violations);
    }

    private static double? Reduce(Problem problem, Objective objective, MeasurementList measurements, double? before)
    {
        switch (objective.Reduction)
        {
            case Reduction.Best when before is { } best && measurements[^1].Metrics.TryGet(objective.Metric, out var added):
                return Math.Min(best, objective.Orient(added));
            case Reduction.Best:
                return Best(objective, measurements);
            case Reduction.AtFullFidelity:
                return AtResource(objective, measurements, problem.Fidelity!.High);
            case Reduction.MeanOverInstances:
                return Mean(objective, measurements);
            default:
                return Last(measurements, objective.Metric) is { } last ? objective.Orient(last) : null;
        }
    }

    private static double? Last(MeasurementList measurements, string metric)
    {
        for (var i = measurements.Count - 1; i >= 0; i--)
        {
            if (measurements[i].Metrics.TryGet(metric, out var value))
                return value;
        }

        return null;
    }

    private static double? Best(Objective objective, MeasurementList measurements)
    {
        double? best = null;
        foreach (var measurement in measurements)
        {
            if (measurement.Metrics.TryGet(objective.Metric, out var value))
                best = Math.Min(best ?? double.PositiveInfinity, objective.Orient(value));
        }

        return best;
    }

    private static double? AtResource(Objective objective, MeasurementList measurements, double resource)
    {
        for (var i = measurements.Count - 1; i >= 0; i--)
        {
            if (measurements[i].Resource >= resource && measurements[i].Metrics.TryGet(objective.Metric, out var value))
                return objective.Orient(value);
        }

        return null;
    }

    private static double? Mean(Objective objective, MeasurementList measurements)
    {
        var last = new Dictionary<(string?, int), double>();
        foreach (var measurement in measurements)
        {
            if (measurement.Metrics.TryGet(objective.Metric, out var value))
                last[(measurement.Instance, measurement.Replicate)] = value;
        }

        // Summed in a fixed order, so that the mean does not depend on the order of arrival.
        return last.Count == 0 ? null : objective.Orient(last.Values.Order().Sum() / last.Count);
    }
}
