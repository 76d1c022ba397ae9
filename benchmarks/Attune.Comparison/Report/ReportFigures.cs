namespace Attune.Comparison;

/// <summary>The figures of a report.</summary>
/// <param name="data">The runs.</param>
/// <param name="board">Their scores.</param>
/// <param name="tables">Their tables.</param>
internal sealed class ReportFigures(ReportData data, ScoreBoard board, ReportTables tables)
{
    // What is drawn at the foot of a logarithmic axis.
    private const double Floor = 1e-9;

    /// <summary>The mean normalised regret over a group's problems as trials go on, with its 95 % interval over runs; null without random
    /// search.</summary>
    internal CurveFigure? Regrets(string group) => Curves(
        $"{group}: normalised regret", "mean normalised regret", [.. data.Of(group)],
        (problem, loss) => board.Regret(problem, loss), isLogarithmic: true);

    /// <summary>The best value on a problem as trials go on, with the 95 % interval of the mean over runs.</summary>
    internal CurveFigure? Best(ReportProblem problem) => Curves(
        problem.Name, problem.Ranges.Length > 0 ? "normalised hypervolume" : "mean of the best value", [problem],
        (at, loss) => at.Show(loss), isLogarithmic: false);

    /// <summary>The critical-difference diagram of a group after a number of trials; null for fewer than two methods or blocks.</summary>
    internal RankFigure? Ranks(string group, int trials)
    {
        var (methods, blocks) = tables.Blocks(group, trials);
        if (methods.Length < 2 || blocks.Count < 2)
            return null;
        var test = FriedmanTest.Of(blocks);
        return new(
            $"{group}: average ranks at {trials} trials", [.. methods.Zip(test.Ranks).OrderBy(pair => pair.Second)],
            test.CriticalDifference);
    }

    /// <summary>The median seconds of a suggestion by trial, over all runs.</summary>
    internal CurveFigure? Times()
    {
        var curves = new List<Curve>();
        foreach (var method in data.Methods)
        {
            var runs = data.Problems.SelectMany(problem => data.Runs(problem, method)).ToArray();
            var (x, y) = (new List<double>(), new List<double>());
            for (var trial = 0; trial < runs.Max(run => run.Length); trial++)
            {
                var seconds = runs.Where(run => trial < run.Length)
                    .Select(run => run.Lines[trial].AskCpuSeconds ?? run.Lines[trial].AskSeconds).OfType<double>().Order().ToArray();
                if (seconds.Length == 0)
                    continue;
                x.Add(trial + 1);
                y.Add(Math.Max(ReportTables.Quantile(seconds, 0.5), Floor));
            }

            if (x.Count > 0)
                curves.Add(new(method, x, y, [], []));
        }

        return curves.Count == 0 ? null : new("Time per suggestion", "trial", "median processor seconds", curves, IsLogarithmic: true);
    }

    private CurveFigure? Curves(
        string title, string vertical, ReportProblem[] problems, Func<ReportProblem, double, double?> show, bool isLogarithmic)
    {
        var curves = new List<Curve>();
        foreach (var method in data.Methods)
        {
            var (x, y, low, high) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            foreach (var trials in Places())
            {
                var strata = problems.Select(problem => data.Losses(problem, method, trials).Select(loss => show(problem, loss))
                    .OfType<double>().ToArray()).ToArray();
                if (strata.Any(values => values.Length == 0))
                    continue;
                var interval = Bootstrap.Interval(strata);
                double Foot(double value) => isLogarithmic ? Math.Max(value, Floor) : value;
                x.Add(trials);
                y.Add(Foot(strata.Average(values => values.Average())));
                low.Add(Foot(interval.Low));
                high.Add(Foot(interval.High));
            }

            if (x.Count > 0)
                curves.Add(new(method, x, y, low, high));
        }

        return curves.Count == 0 ? null : new(title, "trials", vertical, curves, isLogarithmic);
    }

    // At most about a hundred places: hypervolumes of long runs take their time.
    private IEnumerable<int> Places()
    {
        var longest = data.Points[^1];
        var step = Math.Max(1, longest / 100);
        for (var trials = 1; trials < longest; trials += step)
            yield return trials;
        yield return longest;
    }
}
