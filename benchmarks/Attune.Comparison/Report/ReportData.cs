using System.Collections.Immutable;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Runs and peers' summaries, ready to be counted.</summary>
internal sealed class ReportData
{
    private readonly Dictionary<(string Problem, string Method), ImmutableArray<RunCurve>> _runs;

    private ReportData(
        ImmutableArray<ReportProblem> problems, Dictionary<(string Problem, string Method), ImmutableArray<RunCurve>> runs,
        Baselines baselines)
    {
        (Problems, _runs, Baselines) = (problems, runs, baselines);
        Methods = [.. runs.Keys.Select(key => key.Method).Distinct().Order(StringComparer.Ordinal)];
        var longest = runs.Values.SelectMany(curves => curves).Max(curve => curve.Length);
        Points = [.. ((int[])[25, 50, 100, 200, 500, 1000]).Where(point => point < longest), longest];
        Groups = [.. problems.Select(problem => problem.Group).Distinct()];
    }

    /// <summary>Problems on which there are runs.</summary>
    internal ImmutableArray<ReportProblem> Problems { get; }

    /// <summary>Their groups.</summary>
    internal ImmutableArray<string> Groups { get; }

    /// <summary>Methods of which there are runs.</summary>
    internal ImmutableArray<string> Methods { get; }

    /// <summary>Numbers of trials at which methods are compared.</summary>
    internal ImmutableArray<int> Points { get; }

    internal Baselines Baselines { get; }

    /// <summary>The runs of a method on a problem, by seed; none when there are none.</summary>
    internal ImmutableArray<RunCurve> Runs(ReportProblem problem, string method) => _runs.GetValueOrDefault((problem.Name, method), []);

    internal IEnumerable<ReportProblem> Of(string group) => Problems.Where(problem => problem.Group == group);

    /// <summary>The losses of a method's runs after a number of trials.</summary>
    internal double[] Losses(ReportProblem problem, string method, int trials) =>
        [.. Runs(problem, method).Select(run => run.LossAt(trials)).OfType<double>()];

    /// <summary>The mean loss of random search after a number of trials, of peers or else of the runs; null when there is none.</summary>
    internal double? RandomLoss(ReportProblem problem, int trials)
    {
        if (Baselines.Mean(problem, Baselines.RandomSearch, trials) is { } mean)
            return mean;
        foreach (var method in Methods.Where(method => method.EndsWith("/random", StringComparison.Ordinal)))
        {
            if (Losses(problem, method, trials) is { Length: > 0 } losses)
                return losses.Average();
        }

        return null;
    }

    /// <summary>Gathers what there is.</summary>
    /// <exception cref="BenchmarkException">There are no lines, or they are of problems that are not known.</exception>
    internal static ReportData Of(IReadOnlyList<TrialLine> lines, Baselines baselines, IReadOnlyList<BenchmarkProblem> known)
    {
        if (lines.Count == 0)
            throw new BenchmarkException("There are no results to report.");
        var problems = new List<ReportProblem>();
        var runs = new Dictionary<(string Problem, string Method), ImmutableArray<RunCurve>>();
        foreach (var group in lines.GroupBy(line => line.Run.Problem))
        {
            var problem = Describe(group.Key, baselines, known);
            var curves = group.GroupBy(line => line.Run)
                .Select(run => new RunCurve(problem, run.OrderBy(line => line.Trial))).ToArray();
            problem = WithBest(problem, baselines, known, curves);
            problems.Add(problem);
            foreach (var method in curves.GroupBy(curve => curve.Key.Method))
                runs[(problem.Name, method.Key)] = [.. method.OrderBy(curve => curve.Key.Seed)];
        }

        // Groups and problems in the order in which the catalog shows them.
        var order = known.Select((problem, i) => (problem.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        return new([.. problems.OrderBy(problem => order.GetValueOrDefault(problem.Name, int.MaxValue))], runs, baselines);
    }

    /// <summary>What is known of a problem by its name.</summary>
    /// <exception cref="BenchmarkException">Nothing.</exception>
    internal static ReportProblem Describe(string name, Baselines baselines, IReadOnlyList<BenchmarkProblem> known)
    {
        if (known.FirstOrDefault(problem => problem.Name == name) is { } found)
            return new(name, found.Group, found.Problem.Objectives[0].Direction, found.Ranges);
        return baselines.Targets.TryGetValue(name, out var target)
            ? new(name, target.Group, target.Direction, [])
            : throw new BenchmarkException(
                $"The results are of a problem '{name}' that is not known here; "
                + "name the program that serves it by --evaluator, or baselines that hold it.");
    }

    private static ReportProblem WithBest(
        ReportProblem problem, Baselines baselines, IReadOnlyList<BenchmarkProblem> known, RunCurve[] curves)
    {
        var found = known.FirstOrDefault(other => other.Name == problem.Name);
        if (problem.Ranges.Length > 0)
        {
            return found?.MaximalHypervolume is { } largest
                ? problem with { BestLoss = 1 - largest, BestSource = "the whole front" }
                : problem with { BestLoss = 0, BestSource = "the ideal point" };
        }

        if (baselines.Targets.TryGetValue(problem.Name, out var target))
            return problem with { BestLoss = problem.Orient(target.Value), BestSource = "baselines" };
        if (found?.BestKnown is { } best)
            return problem with { BestLoss = problem.Orient(best.Value), BestSource = best.Source };
        return problem with { BestLoss = curves.Min(curve => curve.LossAt(curve.Length)!.Value), BestSource = "the best of these runs" };
    }
}
