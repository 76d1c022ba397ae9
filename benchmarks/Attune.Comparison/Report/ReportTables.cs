namespace Attune.Comparison;

/// <summary>The tables of a report.</summary>
/// <param name="data">The runs.</param>
/// <param name="board">Their scores.</param>
internal sealed class ReportTables(ReportData data, ScoreBoard board)
{
    /// <summary>The gap closed, by group, as a mean over its problems.</summary>
    internal Table Gaps(string group)
    {
        var points = data.Points;
        var table = new Table([
            "method", .. points.Select(point => $"gap at {point}"), .. points.Select(point => $"recommended at {point}"),
            .. points.Select(point => $"regret at {point}"), .. points.Select(point => $"log10 regret at {point}"), "problems"]);
        var complete = points.Select(point => board.Complete(group, point).ToDictionary(method => method.Method, method => method.Scores))
            .ToArray();
        foreach (var method in complete.SelectMany(at => at.Keys).Distinct()
            .OrderByDescending(
                method => complete.Reverse().Select(at => at.TryGetValue(method, out var scores) ? Mean(scores, score => score.Gap) : null)
                .FirstOrDefault(gap => gap is not null) ?? double.NegativeInfinity)
            .ThenBy(method => method, StringComparer.Ordinal))
        {
            IEnumerable<object?> At(Func<Score, double?> figure) =>
                complete.Select(at => at.TryGetValue(method, out var scores) ? (object?)Mean(scores, figure) : null);
            table.AddAll([
                method, .. At(score => score.Gap), .. At(score => score.RecommendedGap), .. At(score => score.Regret),
                .. At(score => score.LogRegret),
                data.Of(group).Count()]);
        }

        return table;
    }

    /// <summary>Every method on every problem of a group after a number of trials.</summary>
    internal Table GapsByProblem(string group, int trials)
    {
        var problems = data.Of(group).ToArray();
        var table = new Table(["method", .. problems.Select(problem => problem.Name)]);
        foreach (var method in board.All.Where(score => score.Problem.Group == group && score.Trials == trials)
            .GroupBy(score => score.Method).OrderByDescending(method => method.Average(score => score.Gap ?? 0)))
            table.AddAll(
                [method.Key, .. problems.Select(problem => (object?)method.FirstOrDefault(score => score.Problem == problem)?.Gap)]);
        return table;
    }

    /// <summary>All scores, a row each.</summary>
    internal Table Scores()
    {
        var table = new Table(
            "group", "problem", "method", "trials", "runs", "mean", "median", "gap closed", "recommended gap", "regret", "log10 regret");
        foreach (var score in board.All)
        {
            table.Add(
                score.Problem.Group, score.Problem.Name, score.Method, score.Trials, score.Runs == 0 ? null : score.Runs,
                score.Problem.Show(score.MeanLoss), score.MedianLoss is { } median ? score.Problem.Show(median) : null,
                score.Gap, score.RecommendedGap, score.Regret, score.LogRegret);
        }

        return table;
    }

    /// <summary>The ranks of methods by their means on each problem, peers among them, as a mean over a group's problems.</summary>
    internal Table RanksOfMeans(string group, int trials)
    {
        var methods = board.Complete(group, trials);
        var table = new Table("method", "average rank of means");
        if (methods.Count < 2)
            return table;
        var sums = new double[methods.Count];
        var problems = data.Of(group).ToArray();
        foreach (var problem in problems)
        {
            var ranks = FriedmanTest.RankOf(
                [.. methods.Select(method => method.Scores.First(score => score.Problem == problem).MeanLoss)]).Ranks;
            for (var i = 0; i < ranks.Length; i++)
                sums[i] += ranks[i] / problems.Length;
        }

        foreach (var (method, rank) in methods.Select((method, i) => (method.Method, sums[i])).OrderBy(pair => pair.Item2))
            table.Add(method, rank);
        return table;
    }

    /// <summary>Blocks of problem and seed in which every method has a run of that length, with the losses in the order of the
    /// methods.</summary>
    internal (string[] Methods, List<double[]> Losses) Blocks(string group, int trials)
    {
        var methods = data.Methods.Where(method => data.Of(group).All(problem => data.Losses(problem, method, trials).Length > 0))
            .ToArray();
        var blocks = new List<double[]>();
        foreach (var problem in data.Of(group))
        {
            var runs = methods.Select(method => data.Runs(problem, method).ToDictionary(run => run.Key.Seed, run => run.LossAt(trials)))
                .ToArray();
            foreach (var seed in runs.Take(1).SelectMany(first => first.Keys).Order())
            {
                var losses = runs.Select(run => run.GetValueOrDefault(seed)).OfType<double>().ToArray();
                if (losses.Length == methods.Length)
                    blocks.Add(losses);
            }
        }

        return (methods, blocks);
    }

    /// <summary>How often each method beats each other one.</summary>
    internal Table Wins(string group, int trials)
    {
        var table = new Table("method", "against", "win probability", "p", "p (Holm)");
        var (methods, _) = Blocks(group, trials);
        var pairs = methods.SelectMany((first, i) => methods.Skip(i + 1).Select(second => (first, second))).ToArray();
        var wins = pairs.Select(pair => WinProbability.Of(
            [.. data.Of(group).Select(at => (data.Losses(at, pair.first, trials), data.Losses(at, pair.second, trials)))])).ToArray();
        var corrected = Holm.Adjust([.. wins.Select(win => win.PValue)]);
        foreach (var i in Enumerable.Range(0, pairs.Length).OrderBy(i => corrected[i])
            .ThenByDescending(i => Math.Abs(wins[i].Probability - 0.5)))
        {
            // The winner stands first.
            var isFirst = wins[i].Probability >= 0.5;
            table.Add(
                isFirst ? pairs[i].first : pairs[i].second, isFirst ? pairs[i].second : pairs[i].first,
                Math.Max(wins[i].Probability, 1 - wins[i].Probability), wins[i].PValue, corrected[i]);
        }

        return table;
    }

    /// <summary>Seconds of a suggestion, with the tell before it, by the number of trials: medians over runs and over the trials since the
    /// point before.</summary>
    internal Table Times()
    {
        var table = new Table("group", "method", "trials", "median seconds", "95 % quantile", "median processor seconds");
        foreach (var group in data.Groups)
        {
            foreach (var method in data.Methods)
            {
                for (var i = 0; i < data.Points.Length; i++)
                {
                    var (from, to) = (i == 0 ? 0 : data.Points[i - 1], data.Points[i]);
                    var lines = data.Of(group).SelectMany(problem => data.Runs(problem, method))
                        .SelectMany(run => run.Lines.Skip(from).Take(to - from)).ToArray();
                    var seconds = lines.Select(line => line.AskSeconds).OfType<double>().Order().ToArray();
                    var processor = lines.Select(line => line.AskCpuSeconds).OfType<double>().Order().ToArray();
                    if (seconds.Length > 0)
                    {
                        table.Add(
                            group, method, to, Quantile(seconds, 0.5), Quantile(seconds, 0.95),
                            processor.Length > 0 ? Quantile(processor, 0.5) : null);
                    }
                }
            }

            foreach (var peer in data.Of(group).SelectMany(data.Baselines.Methods).Distinct().Except(data.Methods))
            {
                foreach (var point in data.Points)
                {
                    var seconds = data.Of(group)
                        .Select(problem => data.Baselines.Scores.GetValueOrDefault((problem.Name, peer, point))?.AskSeconds)
                        .OfType<double>().Order().ToArray();
                    if (seconds.Length > 0)
                        table.Add(group, peer, point, Quantile(seconds, 0.5), null, null);
                }
            }
        }

        return table;
    }

    internal static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((place - low) * (sorted[high] - sorted[low]));
    }

    private static double? Mean(Score[] scores, Func<Score, double?> figure) =>
        scores.All(score => figure(score) is not null) ? scores.Average(score => figure(score)!.Value) : null;
}
