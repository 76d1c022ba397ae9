using System.Collections.Immutable;

namespace Attune.Algorithms.Schedulers;

/// <summary>The losses of a trial by resource, in the order in which they were measured; for objectives that count at their best, the best
/// so far.</summary>
/// <param name="Points">Resources with the losses of all objectives.</param>
internal sealed record LossCurve(IReadOnlyList<(double Resource, ImmutableArray<double> Losses)> Points)
{
    /// <summary>The curve of a trial: the measurements that hold a resource and every objective.</summary>
    internal static LossCurve Of(Problem problem, Trial trial)
    {
        var points = new List<(double, ImmutableArray<double>)>(trial.Measurements.Count);
        double[]? best = null;
        foreach (var measurement in trial.Measurements)
        {
            var losses = new double[problem.Objectives.Length];
            var isWhole = measurement.Resource is not null;
            for (var i = 0; i < losses.Length && isWhole; i++)
            {
                isWhole = measurement.Metrics.TryGet(problem.Objectives[i].Metric, out var value);
                losses[i] = problem.Objectives[i].Orient(value);
            }

            if (!isWhole)
                continue;
            best ??= [.. losses];
            for (var i = 0; i < losses.Length; i++)
            {
                best[i] = Math.Min(best[i], losses[i]);
                if (problem.Objectives[i].Reduction == Reduction.Best)
                    losses[i] = best[i];
            }

            points.Add((measurement.Resource!.Value, [.. losses]));
        }

        return new(points);
    }

    /// <summary>The losses at the first measurement at or beyond a resource; null for none.</summary>
    internal ImmutableArray<double>? At(double resource)
    {
        foreach (var (reached, losses) in Points)
        {
            if (RungLevels.Reaches(reached, resource))
                return losses;
        }

        return null;
    }
}
