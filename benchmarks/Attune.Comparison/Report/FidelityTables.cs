using System.Globalization;

namespace Attune.Comparison;

/// <summary>The tables of a report over training runs.</summary>
/// <param name="data">The runs.</param>
/// <param name="baselines">Peers' summaries.</param>
internal sealed class FidelityTables(FidelityData data, Baselines baselines)
{
    /// <summary>Shares of the longest simulated time at which methods are compared.</summary>
    private static readonly double[] TimeShares = [0.01, 0.03, 0.1, 0.3, 1];

    /// <summary>The incumbent's mean at shares of the budget, over the problems of a group, peers' beside it.</summary>
    internal Table Incumbents(ReportProblem[] problems) => Marks(problems, (run, mark) => run.IncumbentAt(mark), hasPeers: true);

    /// <summary>The same of the recommended configuration; empty where methods recommend none.</summary>
    internal Table Recommended(ReportProblem[] problems) => Marks(problems, (run, mark) => run.RecommendedAt(mark), hasPeers: false);

    /// <summary>The incumbent's mean at the whole budget, problem by problem.</summary>
    internal Table ByProblem(ReportProblem[] problems)
    {
        var table = new Table(["method", .. problems.Select(problem => problem.Name)]);
        foreach (var method in data.Methods)
        {
            var cells = problems.Select(problem => data.Strata([problem], method, (at, run) => run.IncumbentAt(data.Resource([at]))))
                .Select(strata => strata is null ? null : (object)MeanWithError.Of(strata).ToString()).ToArray();
            if (Array.Exists(cells, cell => cell is not null))
                table.AddAll([method, .. cells]);
        }

        return table;
    }

    /// <summary>The incumbent's mean at shares of the longest simulated time on each problem.</summary>
    internal Table Times(ReportProblem[] problems)
    {
        var table = new Table(
            [
                "method", .. TimeShares.Select(share => share.ToString("P0", CultureInfo.InvariantCulture) + " of the time"),
                "time of a run",
            ]);
        foreach (var method in data.Methods)
        {
            var cells = TimeShares.Select(share => data.Strata(
                problems, method, (problem, run) => run.IncumbentAfter(share * (data.Longest(problem) ?? double.NaN))))
                .Select(strata => strata is null ? null : (object)MeanWithError.Of(strata).ToString()).ToArray();
            var times = data.Strata(problems, method, (_, run) => run.Seconds);
            if (times is null)
                continue;
            var time = times.Average(values => values.Average());
            table.AddAll([method, .. cells, time.ToString("G3", CultureInfo.InvariantCulture) + " s"]);
        }

        return table;
    }

    /// <summary>Everything in numbers, with the 95 % bootstrap interval of each mean over seeds.</summary>
    internal Table Scores()
    {
        var table = new Table(
            "group", "problem", "method", "resource", "seeds", "incumbent", "standard error", "low", "high", "recommended",
            "standard error of recommended");
        foreach (var problem in data.Problems)
        {
            foreach (var mark in MarksOf([problem]))
            {
                foreach (var method in data.Methods)
                {
                    if (data.Strata([problem], method, (_, run) => run.IncumbentAt(mark)) is not { } strata)
                        continue;
                    var (found, interval) = (MeanWithError.Of(strata), Bootstrap.Interval(strata));
                    var recommended = data.Strata([problem], method, (_, run) => run.RecommendedAt(mark)) is { } named
                        ? MeanWithError.Of(named) : (MeanWithError?)null;
                    table.Add(
                        problem.Group, problem.Name, method, mark, strata[0].Length, found.Mean, found.Error, interval.Low, interval.High,
                        recommended?.Mean, recommended?.Error);
                }

                foreach (var (method, score) in baselines.Fidelities(problem.Name, mark))
                    table.Add(problem.Group, problem.Name, method, mark, score.Seeds, score.Mean, null, null, null, null, null);
            }
        }

        return table;
    }

    private Table Marks(ReportProblem[] problems, Func<FidelityCurve, double, double?> value, bool hasPeers)
    {
        var marks = MarksOf(problems);
        var table = new Table(["method", .. marks.Select(Text), "seeds"]);
        var rows = new List<(double Last, object?[] Cells)>();
        foreach (var method in data.Methods)
        {
            var means = marks.Select(mark => data.Strata(problems, method, (_, run) => value(run, mark)))
                .Select(strata => strata is null ? (MeanWithError?)null : MeanWithError.Of(strata)).ToArray();
            if (Array.Exists(means, mean => mean is not null))
            {
                rows.Add((
                    Loss(problems, means[^1]?.Mean),
                    [method, .. means.Select(mean => mean?.ToString()), problems.Min(problem => data.Runs(problem, method).Length)]));
            }
        }

        foreach (var peer in hasPeers ? PeersOf(problems) : [])
        {
            var scores = marks.Select(mark => problems.Select(problem => baselines.Fidelity(problem.Name, peer, mark)).ToArray()).ToArray();
            double?[] cells = [.. scores.Select(of =>
                Array.Exists(of, score => score is null) ? (double?)null : of.Average(score => score!.Value.Mean))];
            if (Array.Exists(cells, cell => cell is not null))
            {
                rows.Add((
                    Loss(problems, cells[^1]),
                    [peer, .. cells.Select(mean => mean is { } m ? new MeanWithError(m, null).ToString() : null),
                        scores.SelectMany(of => of).OfType<FidelityScore>().Min(score => score.Seeds)]));
            }
        }

        foreach (var (_, cells) in rows.OrderBy(row => row.Last))
            table.AddAll(cells);
        return table;
    }

    private IEnumerable<string> PeersOf(ReportProblem[] problems) =>
        problems.SelectMany(problem => baselines.FidelityMethods(problem.Name)).Distinct().Except(data.Methods)
            .Order(StringComparer.Ordinal);

    private double[] MarksOf(ReportProblem[] problems)
    {
        var resource = data.Resource(problems);
        return [.. FidelityPlan.Marks.Select(share => share * resource)];
    }

    // The best method stands first, those that have no value at the end last.
    private static double Loss(ReportProblem[] problems, double? value) =>
        value is { } number ? problems[0].Orient(number) : double.PositiveInfinity;

    private static string Text(double mark) => mark.ToString("G6", CultureInfo.InvariantCulture);
}
