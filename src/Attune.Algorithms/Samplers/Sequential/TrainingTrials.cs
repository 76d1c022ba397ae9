using System.Text.Json;
using Attune.Algorithms.Surrogates;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>The trials that the surrogate of one proposal is fitted to, and what every surrogate has to tell of them.</summary>
internal sealed class TrainingTrials
{
    private const int MostPending = 200;
    private const int MostBest = 5;

    private readonly ModelData _data;
    private readonly History _history;

    /// <summary>Selects the trials.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="most">How many trials the surrogate holds at most.</param>
    internal TrainingTrials(ModelData data, History history, int most)
    {
        (_data, _history) = (data, history);
        Trials = Array.ConvertAll(data.Select(history, most), number => history.Trials[number]);
        Configurations = Array.ConvertAll(Trials, trial => data.Adopt(trial.Configuration!));
    }

    internal Problem Problem => _history.Problem;

    /// <summary>The trials, in order of number.</summary>
    internal Trial[] Trials { get; }

    /// <summary>Their configurations, as points of the current space.</summary>
    internal Configuration[] Configurations { get; }

    /// <summary>The configurations as rows of the unit cube.</summary>
    internal EncodedConfigurations Encoded => field ??= new(Problem.Space, Configurations);

    /// <summary>The configurations of pending trials: what waits to be told, runs, or will be retried.</summary>
    /// <param name="own">The number of the trial to propose for, which is not pending for itself.</param>
    internal IEnumerable<Configuration> Pending(int own) =>
        _history.Running.Concat(_history.AwaitingRetry).Concat(_history.Paused)
            .Where(number => number != own)
            .Select(number => _history.Trials[number])
            .Where(trial => trial.Configuration is not null && (trial.State != TrialState.Paused || trial.Losses.Length == 0))
            .Take(MostPending)
            .Select(trial => _data.Adopt(trial.Configuration!));

    /// <summary>The configurations of the best trials that are legal in the current space, the best first.</summary>
    /// <param name="ranked">The places of the trials, the best first.</param>
    internal List<Configuration> Best(IEnumerable<int> ranked) =>
        [.. ranked.Select(i => Configurations[i]).Where(one => Problem.Space.Validate(one) is null).Distinct().Take(MostBest)];

    /// <summary>The trial with the best predicted mean; null for none.</summary>
    /// <param name="means">The predicted mean of each trial's target.</param>
    /// <param name="epistemic">The epistemic variance of each.</param>
    /// <param name="loss">The loss that a target stands for.</param>
    internal Recommendation? Recommend(ReadOnlySpan<double> means, ReadOnlySpan<double> epistemic, Func<double, double> loss)
    {
        var best = RecommendationInterval.Best(Problem, Trials, means);
        if (best < 0)
            return null;
        var (mean, reach) = (means[best], RecommendationInterval.HalfWidth * Math.Sqrt(epistemic[best]));
        return RecommendationInterval.Of(Problem, Trials[best].Number, loss(mean), loss(mean - reach), loss(mean + reach));
    }

    /// <summary>The annotation of a proposal that a surrogate chose.</summary>
    /// <param name="head">What chose it.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="prediction">What is predicted of its target.</param>
    /// <param name="loss">The loss that a target stands for.</param>
    /// <param name="acquisition">The value of the acquisition function.</param>
    /// <param name="more">Writes what the surrogate leaves for later proposals; null for nothing.</param>
    internal string Annotate(
        (string Method, string Reason, string? Why) head, Configuration configuration,
        (double Mean, double Epistemic, double Aleatoric) prediction, Func<double, double> loss, double acquisition,
        Action<Utf8JsonWriter>? more = null)
    {
        var (mean, deviation, noise) = (prediction.Mean, Math.Sqrt(prediction.Epistemic), Math.Sqrt(prediction.Aleatoric));
        var (nearest, distance) = Nearest(configuration);
        return Explanation.Write(writer =>
        {
            writer.WriteString("method", head.Method);
            writer.WriteString("reason", head.Reason);
            if (head.Why is { } why)
                writer.WriteString("why", why);
            if (Problem.IsSingleObjective)
            {
                writer.Number("mean", Problem.Objectives[0].Orient(loss(mean)));
                writer.Number("deviation", (loss(mean + deviation) - loss(mean - deviation)) / 2);
                writer.Number("noise", (loss(mean + noise) - loss(mean - noise)) / 2);
            }

            writer.Number("acquisition", acquisition);
            writer.WriteNumber("nearest", nearest);
            writer.Number("distance", distance);
            more?.Invoke(writer);
        });
    }

    /// <summary>The nearest trial, and how far it is in the unit cube; parameters of which only one is active and choices that differ count
    /// 1.</summary>
    private (int Number, double Distance) Nearest(Configuration configuration)
    {
        var (space, own) = (Problem.Space, new EncodedConfigurations(Problem.Space, [configuration]));
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var i = 0; i < Trials.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < space.Dimensions; j++)
            {
                var cell = (i * space.Dimensions) + j;
                var isOther = Encoded.Active[cell] != own.Active[j]
                    || (space.Parameters[j].Kind == ParameterKind.Categorical && Encoded.Codes[cell] != own.Codes[j]);
                var gap = isOther ? 1 : Encoded.Unit[cell] - own.Unit[j];
                sum += gap * gap;
            }

            if (sum < least)
                (nearest, least) = (Trials[i].Number, sum);
        }

        return (nearest, Math.Sqrt(least));
    }
}
