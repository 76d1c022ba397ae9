using System.Collections.Immutable;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Runs over training runs, ready to be counted.</summary>
internal sealed class FidelityData
{
    private readonly Dictionary<(string Problem, string Method), FidelityCurve[]> _runs;

    private FidelityData(ImmutableArray<ReportProblem> problems, Dictionary<(string Problem, string Method), FidelityCurve[]> runs)
    {
        (Problems, _runs) = (problems, runs);
        Methods = [.. runs.Keys.Select(key => key.Method).Distinct().Order(StringComparer.Ordinal)];
        Groups = [.. problems.Select(problem => problem.Group).Distinct()];
    }

    /// <summary>Problems on which there are runs.</summary>
    internal ImmutableArray<ReportProblem> Problems { get; }

    /// <summary>Their groups.</summary>
    internal ImmutableArray<string> Groups { get; }

    /// <summary>Methods of which there are runs.</summary>
    internal ImmutableArray<string> Methods { get; }

    internal ReportProblem[] Of(string group) => [.. Problems.Where(problem => problem.Group == group)];

    /// <summary>The runs of a method on a problem; none when there are none.</summary>
    internal FidelityCurve[] Runs(ReportProblem problem, string method) => _runs.GetValueOrDefault((problem.Name, method), []);

    /// <summary>The largest budget of a run on some problems.</summary>
    internal double Resource(IEnumerable<ReportProblem> problems) => All(problems).Max(run => run.Resource);

    /// <summary>The longest simulated time of a run on a problem; null when none tells it.</summary>
    internal double? Longest(ReportProblem problem) => All([problem]).Max(run => run.Seconds);

    /// <summary>The values of a method's runs on each of some problems; null unless every run has one.</summary>
    internal double[][]? Strata(ReportProblem[] problems, string method, Func<ReportProblem, FidelityCurve, double?> value)
    {
        var strata = new double[problems.Length][];
        for (var i = 0; i < problems.Length; i++)
        {
            var runs = Runs(problems[i], method);
            strata[i] = [.. runs.Select(run => value(problems[i], run)).OfType<double>()];
            if (runs.Length == 0 || strata[i].Length < runs.Length)
                return null;
        }

        return strata;
    }

    /// <summary>Gathers what there is.</summary>
    /// <exception cref="BenchmarkException">The lines are of problems that are not known.</exception>
    internal static FidelityData Of(IReadOnlyList<TrialLine> lines, Baselines baselines, IReadOnlyList<BenchmarkProblem> known)
    {
        var order = known.Select((problem, i) => (problem.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var problems = lines.Select(line => line.Run.Problem).Distinct().Select(name => ReportData.Describe(name, baselines, known))
            .OrderBy(problem => order.GetValueOrDefault(problem.Name, int.MaxValue));
        var runs = lines.GroupBy(line => line.Run).Select(run => new FidelityCurve(run))
            .GroupBy(run => (run.Key.Problem, run.Key.Method)).ToDictionary(runs => runs.Key, runs => runs.ToArray());
        return new([.. problems], runs);
    }

    private IEnumerable<FidelityCurve> All(IEnumerable<ReportProblem> problems) =>
        problems.SelectMany(problem => Methods.SelectMany(method => Runs(problem, method)));
}
