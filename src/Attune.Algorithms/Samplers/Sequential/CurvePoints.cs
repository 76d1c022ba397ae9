using System.Collections.Immutable;

namespace Attune.Algorithms.Samplers;

/// <summary>What trials told at several resources: a few points of each curve.</summary>
/// <remarks>
/// The newest point of each trial, then the newest at half its resource or less, and so on down to an eighth of the whole: neighbours on a
/// curve say nearly the same, and what was measured very early says little of the end but would shape the model.
/// </remarks>
internal sealed class CurvePoints
{
    private const double Thinning = 2;
    private const double EarliestShare = 1.0 / 8;

    private CurvePoints(List<(int Trial, Trial View, double Resource)> points)
    {
        Trials = [.. points.Select(point => point.View)];
        Owners = [.. points.Select(point => point.Trial)];
        Resources = [.. points.Select(point => point.Resource)];
    }

    /// <summary>For each point its trial as it was then, with the losses and violations at that point.</summary>
    internal Trial[] Trials { get; }

    /// <summary>For each point the place of its trial among the trials.</summary>
    internal int[] Owners { get; }

    /// <summary>For each point the resource.</summary>
    internal double[] Resources { get; }

    /// <summary>
    /// For each trial whether it has reached a resource; for each that it has, where none has, so that there always is something to improve
    /// on.
    /// </summary>
    /// <param name="resource">The resource.</param>
    /// <param name="trials">The number of trials.</param>
    internal bool[] Reaches(double resource, int trials)
    {
        var reaches = new bool[trials];
        for (var k = 0; k < Owners.Length; k++)
            reaches[Owners[k]] |= Resources[k] >= resource && Trials[k].State is not (TrialState.Failed or TrialState.Lost);
        if (!reaches.Contains(true))
            Array.Fill(reaches, true);
        return reaches;
    }

    /// <summary>Whether a trial that runs or has left off has measured anything.</summary>
    internal static bool HasPoint(Trial trial, Problem problem) =>
        trial.State is TrialState.Running or TrialState.Paused or TrialState.Stopped or TrialState.Completed
        && NewestLosses(trial, problem).Length > 0;

    /// <summary>What a trial was worth when it was measured last; empty when it was not.</summary>
    internal static ImmutableArray<double> NewestLosses(Trial trial, Problem problem)
    {
        if (problem.Fidelity is null || !trial.Losses.IsEmpty)
            return trial.Losses;
        for (var k = trial.Measurements.Count - 1; k >= 0; k--)
        {
            if (View(trial, k, problem) is { } view)
                return view.Losses;
        }

        return [];
    }

    /// <summary>The points of trials.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="problem">A problem with a fidelity.</param>
    /// <param name="most">How many points at most; the newest of each trial is there in any case.</param>
    internal static CurvePoints Of(IReadOnlyList<Trial> trials, Problem problem, int most)
    {
        var points = new List<(int Trial, Trial View, double Resource)>();
        for (var i = 0; i < trials.Count; i++)
            points.AddRange(Of(i, trials[i], problem));
        if (points.Count <= most)
            return new(points);
        var newest = points.Where((point, k) => k == 0 || points[k - 1].Trial != point.Trial).ToList();
        var others = points.Where((point, k) => k > 0 && points[k - 1].Trial == point.Trial).OrderByDescending(point => point.Resource)
            .Take(Math.Max(0, most - newest.Count));
        return new([.. newest.Concat(others).OrderBy(point => point.Trial).ThenByDescending(point => point.Resource)]);
    }

    private static IEnumerable<(int, Trial, double)> Of(int place, Trial trial, Problem problem)
    {
        var fidelity = problem.Fidelity!;
        if (trial.State is TrialState.Failed or TrialState.Lost)
        {
            yield return (place, trial, fidelity.High);
            yield break;
        }

        var (last, isFirst) = (double.PositiveInfinity, true);
        for (var k = trial.Measurements.Count - 1; k >= 0; k--)
        {
            var resource = trial.Measurements[k].Resource ?? fidelity.High;
            if (!isFirst && (resource > last / Thinning || resource < EarliestShare * fidelity.High))
                continue;
            if (View(trial, k, problem) is not { } view)
                continue;
            (last, isFirst) = (resource, false);
            yield return (place, view, resource);
        }

        // What tells of no curve tells of its end.
        if (isFirst && trial.Losses.Length > 0)
            yield return (place, trial, fidelity.High);
    }

    /// <summary>The trial as it was when a measurement was its last; null where an objective had no value.</summary>
    private static Trial? View(Trial trial, int last, Problem problem)
    {
        var losses = new double[problem.Objectives.Length];
        for (var j = 0; j < losses.Length; j++)
        {
            var objective = problem.Objectives[j];
            if (!trial.Measurements[last].Metrics.TryGet(objective.Metric, out var value))
                return null;
            losses[j] = objective.Reduction switch
            {
                Reduction.Best => Best(trial, last, objective),
                Reduction.MeanOverInstances => Mean(trial, last, objective),
                _ => objective.Orient(value),
            };
        }

        var violations = new double[problem.Constraints.Length];
        for (var j = 0; j < violations.Length; j++)
        {
            violations[j] = trial.Measurements[last].Metrics.TryGet(problem.Constraints[j].Metric, out var value)
                ? problem.Constraints[j].Violation(value) : double.NaN;
        }

        return trial with { Losses = ImmutableArray.Create(losses), Violations = ImmutableArray.Create(violations) };
    }

    private static double Best(Trial trial, int last, Objective objective)
    {
        var best = double.PositiveInfinity;
        for (var k = 0; k <= last; k++)
        {
            if (trial.Measurements[k].Metrics.TryGet(objective.Metric, out var value))
                best = Math.Min(best, objective.Orient(value));
        }

        return best;
    }

    private static double Mean(Trial trial, int last, Objective objective)
    {
        var values = new SortedDictionary<(string, int), double>();
        for (var k = 0; k <= last; k++)
        {
            var measurement = trial.Measurements[k];
            if (measurement.Metrics.TryGet(objective.Metric, out var value))
                values[(measurement.Instance ?? "", measurement.Replicate)] = objective.Orient(value);
        }

        return values.Values.Average();
    }
}
