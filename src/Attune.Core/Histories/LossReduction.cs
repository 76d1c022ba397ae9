using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Attune.Histories;

/// <summary>
/// Turns measurements into minimised objective values: the one place where directions are applied. What one more measurement changes
/// follows from it and from the values before, so a report costs the same however many there were.
/// </summary>
internal static class LossReduction
{
    /// <summary>The losses of a trial, NaN for objectives without a value; empty without measurements.</summary>
    internal static ImmutableArray<double> Losses(Problem problem, MeasurementList measurements)
    {
        ImmutableArray<double> losses = [];
        var seen = MeasurementList.Empty;
        foreach (var measurement in measurements)
        {
            seen = seen.Add(measurement);
            losses = Losses(problem, seen, losses);
        }

        return losses;
    }

    /// <summary>The losses of a trial whose last measurement is new.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="measurements">All measurements that count.</param>
    /// <param name="before">The losses before the last one, NaN for objectives without a value; empty when it is the first.</param>
    internal static ImmutableArray<double> Losses(Problem problem, MeasurementList measurements, ImmutableArray<double> before)
    {
        var losses = Copy(before, problem.Objectives.Length);
        for (var i = 0; i < losses.Length; i++)
            losses[i] = Reduce(problem, problem.Objectives[i], measurements, losses[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(losses);
    }

    /// <summary>
    /// How far each outcome constraint is violated by the last measurement that holds its metric; NaN while it is missing.
    /// </summary>
    internal static ImmutableArray<double> Violations(Problem problem, MeasurementList measurements) =>
        measurements.Aggregate(ImmutableArray<double>.Empty, (violations, measurement) => Violations(problem, measurement, violations));

    /// <summary>The violations after a new measurement.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="added">The new measurement.</param>
    /// <param name="before">The violations before it; empty when it is the first.</param>
    internal static ImmutableArray<double> Violations(Problem problem, Measurement added, ImmutableArray<double> before)
    {
        if (problem.Constraints.IsEmpty)
            return [];
        var violations = Copy(before, problem.Constraints.Length);
        for (var i = 0; i < violations.Length; i++)
        {
            if (added.Metrics.TryGet(problem.Constraints[i].Metric, out var value))
                violations[i] = problem.Constraints[i].Violation(value);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(violations);
    }

    private static double[] Copy(ImmutableArray<double> before, int length)
    {
        var copy = new double[length];
        if (before.IsEmpty)
            Array.Fill(copy, double.NaN);
        else
            before.CopyTo(copy);
        return copy;
    }

    private static double Reduce(Problem problem, Objective objective, MeasurementList measurements, double before)
    {
        var added = measurements[^1];
        if (!added.Metrics.TryGet(objective.Metric, out var value))
            return before;
        return objective.Reduction switch
        {
            Reduction.Best when !double.IsNaN(before) => Math.Min(before, objective.Orient(value)),
            Reduction.AtFullFidelity when !(added.Resource >= problem.Fidelity!.High) => before,
            Reduction.MeanOverInstances => Mean(objective, measurements),
            _ => objective.Orient(value),
        };
    }

    private static double Mean(Objective objective, MeasurementList measurements)
    {
        var last = new Dictionary<(string?, int), double>();
        foreach (var measurement in measurements)
        {
            if (measurement.Metrics.TryGet(objective.Metric, out var value))
                last[(measurement.Instance, measurement.Replicate)] = value;
        }

        // Summed in a fixed order, so that the mean does not depend on the order of arrival.
        return objective.Orient(last.Values.Order().Sum() / last.Count);
    }
}
