namespace Attune.Comparison;

/// <summary>The scores of methods and peers on every problem.</summary>
internal sealed class ScoreBoard
{
    /// <summary>The number of trials after which random search's mean regret is the unit of regret.</summary>
    internal const int UnitTrials = 25;

    // Smaller regrets are rounding.
    private const double Floor = 1e-9;

    private readonly ReportData _data;
    private readonly List<Score> _scores = [];

    internal ScoreBoard(ReportData data)
    {
        _data = data;
        foreach (var problem in data.Problems)
        {
            foreach (var point in data.Points)
            {
                foreach (var method in data.Methods)
                    Add(problem, method, point);
                foreach (var peer in data.Baselines.Methods(problem).Except(data.Methods))
                    AddPeer(problem, peer, point);
            }
        }
    }

    internal IReadOnlyList<Score> All => _scores;

    /// <summary>The scores of a group by method, only of methods that ran on all its problems at all that number of trials.</summary>
    internal IReadOnlyList<(string Method, Score[] Scores)> Complete(string group, int trials)
    {
        var problems = _data.Of(group).Count();
        return [.. _scores.Where(score => score.Problem.Group == group && score.Trials == trials).GroupBy(score => score.Method)
            .Where(method => method.Count() == problems).Select(method => (method.Key, method.ToArray()))];
    }

    /// <summary>The regret of a loss in units of the problem; null without a random search.</summary>
    internal double? Regret(ReportProblem problem, double loss) =>
        Unit(problem) is { } unit ? Math.Max(loss - problem.BestLoss, 0) / unit : null;

    internal static double Logarithm(double regret) => Math.Log10(Math.Max(regret, Floor));

    private double? Unit(ReportProblem problem) =>
        _data.RandomLoss(problem, Math.Min(UnitTrials, _data.Points[^1])) - problem.BestLoss is { } unit and > 0 ? unit : null;

    private void Add(ReportProblem problem, string method, int point)
    {
        if (_data.Losses(problem, method, point) is not { Length: > 0 } losses)
            return;
        var recommended = _data.Runs(problem, method).Select(run => run.RecommendedAt(point)).OfType<double>().ToArray();
        var regrets = losses.Select(loss => Regret(problem, loss)).OfType<double>().ToArray();
        var sorted = losses.Order().ToArray();
        _scores.Add(new(problem, method, point, losses.Average())
        {
            Gap = Gap(problem, point, losses.Average()),
            RecommendedGap = recommended.Length == losses.Length ? Gap(problem, point, recommended.Average()) : null,
            Regret = regrets.Length > 0 ? regrets.Average() : null,
            LogRegret = regrets.Length > 0 ? regrets.Average(Logarithm) : null,
            MedianLoss = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            Runs = losses.Length,
        });
    }

    private void AddPeer(ReportProblem problem, string peer, int point)
    {
        if (_data.Baselines.Mean(problem, peer, point) is { } mean)
            _scores.Add(new(problem, peer, point, mean) { Gap = Gap(problem, point, mean), Regret = Regret(problem, mean) });
    }

    private double? Gap(ReportProblem problem, int point, double loss) =>
        _data.RandomLoss(problem, point) is { } random && random != problem.BestLoss ? (random - loss) / (random - problem.BestLoss) : null;
}
