using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>The random forest of one proposal, fitted to what the trials tell, with the pending ones counted as observed at their predicted
/// mean.</summary>
internal sealed class ForestModel
{
    private const int MostPending = 200;
    private const int MostBest = 5;

    // Beyond this many interquartile ranges above the upper quartile a loss says no more than "bad" (J. W. Tukey's outer fence).
    private const double Fence = 3;

    private static readonly uint FitPurpose = RandomKey.Purpose("fit");
    private static readonly uint RefitPurpose = RandomKey.Purpose("refit");

    private readonly Configuration[] _configurations;
    private readonly EncodedConfigurations _encoded;
    private readonly int[] _numbers;
    private readonly Problem _problem;
    private readonly (double Mean, double Deviation) _scale;
    private RandomForestPosterior _posterior;

    private ForestModel(
        Configuration[] configurations, int[] numbers, double[] targets, RandomForestPosterior posterior, Problem problem,
        (double Mean, double Deviation) scale)
    {
        (_configurations, _numbers, _posterior, _problem, _scale) = (configurations, numbers, posterior, problem, scale);
        _encoded = new(Space, configurations);
        var means = new double[targets.Length];
        posterior.Predict(_encoded, means, new double[targets.Length]);
        Acquisition = new(means.Min());
        Best = Enumerable.Range(0, targets.Length).OrderBy(i => targets[i]).ThenBy(i => i)
            .Select(i => configurations[i]).Where(configuration => Space.Validate(configuration) is null).Distinct().Take(MostBest)
            .ToList();
    }

    internal SearchSpace Space => _problem.Space;

    /// <summary>Expected improvement on the best posterior mean of what was evaluated.</summary>
    internal LogExpectedImprovement Acquisition { get; }

    /// <summary>The configurations of the best trials, the best first.</summary>
    internal List<Configuration> Best { get; }

    /// <summary>Fits, and counts pending trials in.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the trial to propose for, which is not pending for itself.</param>
    /// <param name="batch">What was proposed for earlier places of the batch, which counts as pending.</param>
    /// <param name="options">The options.</param>
    /// <param name="key">The key of all that is random.</param>
    /// <param name="countsPending">Whether pending trials count at all: not where nothing is proposed.</param>
    internal static ForestModel Fit(
        ModelData data, History history, int own, IEnumerable<Configuration> batch, ForestOptions options, RandomKey key,
        bool countsPending = true)
    {
        var problem = history.Problem;
        var numbers = data.Select(history, options.ModelTrials);
        var trials = Array.ConvertAll(numbers, number => history.Trials[number]);
        var configurations = Array.ConvertAll(trials, trial => data.Adopt(trial.Configuration!));
        var (targets, mean, deviation) = ModelTargets.Of(trials, problem, key.Derive(RandomKey.Purpose("scalarization")));
        CutOutliers(targets);
        var surrogate = new RandomForestSurrogate(new() { Trees = options.Trees, NoiseVariance = KnownNoise(problem, deviation) });
        var posterior = (RandomForestPosterior)surrogate.Fit(new(problem.Space, configurations), targets, key.Derive(FitPurpose));
        var model = new ForestModel(configurations, numbers, targets, posterior, problem, (mean, deviation));
        var pending = (countsPending ? Pending(history, own) : []).Select(data.Adopt);
        model.Expect(targets, [.. pending, .. batch], key.Derive(RefitPurpose));
        return model;
    }

    /// <summary>The trial with the best predicted mean; null for none.</summary>
    internal Recommendation? Recommend(History history)
    {
        var (means, epistemic) = (new double[_numbers.Length], new double[_numbers.Length]);
        _posterior.Predict(_encoded, means, epistemic);
        var best = RecommendationInterval.Best(Array.ConvertAll(_numbers, number => history.Trials[number]), means);
        if (best < 0)
            return null;
        var reach = RecommendationInterval.HalfWidth * Math.Sqrt(epistemic[best]);
        return RecommendationInterval.Of(_problem, _numbers[best], Loss(means[best]), Loss(means[best] - reach), Loss(means[best] + reach));
        double Loss(double target) => _scale.Mean + (_scale.Deviation * target);
    }

    /// <summary>Counts pending configurations as observed at their predicted mean. The size of errors and noise stays as it was
    /// learned.</summary>
    private void Expect(double[] targets, Configuration[] pending, RandomKey key)
    {
        if (pending.Length == 0)
            return;
        var means = new double[pending.Length];
        _posterior.Predict(new(Space, pending), means, new double[pending.Length]);
        _posterior = _posterior.Refit(new(Space, [.. _configurations, .. pending]), [.. targets, .. means], key);
    }

    /// <summary>The acquisition of configurations; larger is better.</summary>
    internal double[] Evaluate(IReadOnlyList<Configuration> configurations)
    {
        var (means, variances) = (new double[configurations.Count], new double[configurations.Count]);
        _posterior.Predict(new(Space, configurations as Configuration[] ?? [.. configurations]), means, variances);
        for (var i = 0; i < means.Length; i++)
            means[i] = Acquisition.Value(means[i], Math.Sqrt(variances[i]));
        return means;
    }

    /// <summary>The annotation of a proposal that this model chose.</summary>
    /// <param name="method">The name of the sampler.</param>
    /// <param name="configuration">The configuration.</param>
    internal string Annotate(string method, Configuration configuration)
    {
        var (means, epistemic, aleatoric) = (new double[1], new double[1], new double[1]);
        _posterior.Predict(new(Space, [configuration]), means, epistemic, aleatoric);
        var (nearest, distance) = Nearest(configuration);
        return Explanation.Write(writer =>
        {
            writer.WriteString("method", method);
            writer.WriteString("reason", "log-ei");
            if (_problem.IsSingleObjective)
            {
                writer.Number("mean", _problem.Objectives[0].Orient(_scale.Mean + (_scale.Deviation * means[0])));
                writer.Number("deviation", _scale.Deviation * Math.Sqrt(epistemic[0]));
                writer.Number("noise", _scale.Deviation * Math.Sqrt(aleatoric[0]));
            }

            writer.Number("acquisition", Acquisition.Value(means[0], Math.Sqrt(epistemic[0])));
            writer.WriteNumber("nearest", nearest);
            writer.Number("distance", distance);
        });
    }

    private (int Number, double Distance) Nearest(Configuration configuration)
    {
        var (d, own) = (Space.Dimensions, new EncodedConfigurations(Space, [configuration]));
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var i = 0; i < _configurations.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < d; j++)
            {
                var cell = (i * d) + j;
                var isOther = _encoded.Active[cell] != own.Active[j]
                    || (Space.Parameters[j].Kind == ParameterKind.Categorical && _encoded.Codes[cell] != own.Codes[j]);
                var gap = isOther ? 1 : _encoded.Unit[cell] - own.Unit[j];
                sum += gap * gap;
            }

            if (sum < least)
                (nearest, least) = (_numbers[i], sum);
        }

        return (nearest, Math.Sqrt(least));
    }

    private static void CutOutliers(double[] targets)
    {
        var sorted = targets.Order().ToArray();
        var (lower, upper) = (sorted[sorted.Length / 4], sorted[3 * sorted.Length / 4]);
        if (!(upper > lower))
            return;
        for (var i = 0; i < targets.Length; i++)
            targets[i] = Math.Min(targets[i], upper + (Fence * (upper - lower)));
    }

    private static IEnumerable<Configuration> Pending(History history, int own) =>
        history.Running.Concat(history.AwaitingRetry).Concat(history.Paused)
            .Where(number => number != own)
            .Select(number => history.Trials[number])
            .Where(trial => trial.Configuration is not null && (trial.State != TrialState.Paused || trial.Losses.Length == 0))
            .Take(MostPending)
            .Select(trial => trial.Configuration!);

    private static double? KnownNoise(Problem problem, double deviation) => problem switch
    {
        { IsSingleObjective: true, Objectives: [{ Noise: Noise.Deterministic }] } => 0,
        { IsSingleObjective: true, Objectives: [{ Noise: Noise.Known, NoiseVariance: { } variance }] }
            when double.IsFinite(variance / deviation / deviation) => variance / deviation / deviation,
        _ => null,
    };
}
