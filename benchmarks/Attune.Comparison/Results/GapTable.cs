using System.Globalization;
using System.Text;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>How much of the gap between random search at the same number of trials (0) and the best known value (1) methods close.</summary>
internal static class GapTable
{
    private static readonly int[] Points = [25, 50, 100];

    internal static string Of(IReadOnlyList<TrialLine> lines, Baselines baselines, IReadOnlyList<BenchmarkProblem> catalog)
    {
        var targets = baselines.Targets.ToDictionary(StringComparer.Ordinal);
        foreach (var problem in catalog.Where(problem => problem.BestKnown is not null))
            targets.TryAdd(problem.Name, new(problem.Group, problem.Problem.Objectives[0].Direction, problem.BestKnown!.Value));
        var scores = baselines.Scores.Where(score => score.Value.Seeds >= 5)
            .ToDictionary(score => score.Key, score => score.Value.Mean);
        var runs = lines.Where(line => line.Best is not null).GroupBy(line => line.Run).ToArray();
        foreach (var point in Points)
        {
            foreach (var method in runs.GroupBy(run => (run.Key.Problem, run.Key.Method)))
            {
                var best = method.SelectMany(run => run.Where(line => line.Trial == point - 1)).Select(line => line.Best!.Value).ToArray();
                if (best.Length > 0)
                    scores[(method.Key.Problem, method.Key.Method, point)] = best.Average();
            }
        }

        var text = new StringBuilder();
        var own = runs.Select(run => run.Key.Problem).ToHashSet();
        var gaps = new List<(string Group, string Problem, string Method, int Point, double Gap)>();
        foreach (var ((problem, method, point), mean) in scores)
        {
            if (!own.Contains(problem) || !targets.TryGetValue(problem, out var target))
                continue;
            if (scores.TryGetValue((problem, Baselines.RandomSearch, point), out var random) || scores.TryGetValue((problem, "attune/random", point), out random))
                gaps.Add((target.Group, problem, method, point, (mean - random) / (target.Value - random)));
        }

        foreach (var group in gaps.GroupBy(gap => gap.Group))
        {
            var problems = group.Select(gap => gap.Problem).Distinct().ToArray();
            text.Append(CultureInfo.InvariantCulture, $"\n{group.Key}: gap closed at {string.Join(" / ", Points)} trials, mean of {problems.Length} problems; problems at the last\n");
            var rows = group.GroupBy(gap => gap.Method).Where(method => method.Select(gap => gap.Problem).Distinct().Count() == problems.Length)
                .OrderByDescending(method => method.GroupBy(gap => gap.Point).OrderBy(point => point.Key).Last().Average(gap => gap.Gap));
            foreach (var method in rows)
            {
                var means = Points.Select(point => method.Where(gap => gap.Point == point).Select(gap => gap.Gap).ToArray()).Select(all => all.Length == problems.Length ? all.Average().ToString("F3", CultureInfo.InvariantCulture) : "-");
                var last = method.Max(gap => gap.Point);
                var each = problems.Select(problem => method.FirstOrDefault(gap => gap.Problem == problem && gap.Point == last).Gap.ToString("F2", CultureInfo.InvariantCulture));
                text.Append(CultureInfo.InvariantCulture, $"  {method.Key,-36} {string.Join("  ", means),-22}  {string.Join(" ", problems.Zip(each, (problem, gap) => $"{problem} {gap}"))}\n");
            }
        }

        return text.ToString();
    }
}
