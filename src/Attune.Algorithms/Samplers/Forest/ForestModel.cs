using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Histories;
using Attune.Numerics;

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

    private readonly List<Configuration> _configurations;
    private readonly List<double> _targets;
    private readonly RandomKey _key;
    private readonly (double Mean, double Deviation) _scale;
    private readonly bool _isScalarized;
    private RandomForestPosterior _posterior;

    private ForestModel(
        Configuration[] configurations, double[] targets, RandomForestPosterior posterior, RandomKey key,
        (double Mean, double Deviation) scale, bool isScalarized)
    {
        (_configurations, _targets, _posterior, _key) = ([.. configurations], [.. targets], posterior, key);
        (_scale, _isScalarized) = (scale, isScalarized);
        Space = configurations[0].Space;
        var means = new double[targets.Length];
        posterior.Predict(new(Space, configurations), means, new double[targets.Length]);
        Acquisition = new(means.Min());
        Best = Enumerable.Range(0, targets.Length).OrderBy(i => targets[i]).ThenBy(i => i)
            .Select(i => configurations[i]).Where(configuration => Space.Validate(configuration) is null).Distinct().Take(MostBest)
            .ToList();
    }

    internal SearchSpace Space { get; }

    /// <summary>Expected improvement on the best posterior mean of what was evaluated.</summary>
    internal LogExpectedImprovement Acquisition { get; }

    /// <summary>The configurations of the best trials, the best first.</summary>
    internal List<Configuration> Best { get; }

    /// <summary>Fits, and counts pending trials in.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the trial to propose for, which is not pending for itself.</param>
    /// <param name="options">The options.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static ForestModel Fit(ModelData data, History history, int own, ForestOptions options, RandomKey key)
    {
        var trials = data.Select(history, options.ModelTrials).Select(number => history.Trials[number]).ToArray();
        var configurations = trials.Select(trial => data.Adopt(history, trial.Configuration!)).ToArray();
        var (targets, mean, deviation) = ModelTargets.Of(trials, history.Problem, key.Derive(RandomKey.Purpose("scalarization")));
        CutOutliers(targets);
        var surrogate = new RandomForestSurrogate(new() { Trees = options.Trees, NoiseVariance = Noise(history.Problem, deviation) });
        var posterior = (RandomForestPosterior)surrogate.Fit(
            new(history.Problem.Space, configurations), targets, key.Derive(FitPurpose));
        var model = new ForestModel(
            configurations, targets, posterior, key, (mean, deviation), !history.Problem.IsSingleObjective);
        model.Count([.. Pending(history, own).Select(pending => data.Adopt(history, pending))]);
        return model;
    }

    /// <summary>Counts configurations as observed at their predicted mean. The size of errors and noise stays as it was learned.</summary>
    internal void Count(params Configuration[] configurations)
    {
        if (configurations.Length == 0)
            return;
        var means = new double[configurations.Length];
        _posterior.Predict(new(Space, configurations), means, new double[configurations.Length]);
        _configurations.AddRange(configurations);
        _targets.AddRange(means);
        _posterior = _posterior.Refit(new(Space, _configurations.ToArray()), _targets.ToArray(),
            _key.Derive(0, (ulong)_targets.Count, RefitPurpose));
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
    internal string Annotate(Configuration configuration)
    {
        var (means, epistemic, aleatoric) = (new double[1], new double[1], new double[1]);
        _posterior.Predict(new(Space, [configuration]), means, epistemic, aleatoric);
        double? mean = _isScalarized ? null : _scale.Mean + (_scale.Deviation * means[0]);
        return ForestAnnotation.Model(mean, _scale.Deviation * Math.Sqrt(epistemic[0]), _scale.Deviation * Math.Sqrt(aleatoric[0]),
            Acquisition.Value(means[0], Math.Sqrt(epistemic[0])));
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

    private static double? Noise(Problem problem, double deviation) => problem switch
    {
        { IsSingleObjective: true, Objectives: [{ Noise: Attune.Noise.Deterministic }] } => 0,
        { IsSingleObjective: true, Objectives: [{ Noise: Attune.Noise.Known, NoiseVariance: { } variance }] }
            when double.IsFinite(variance / deviation / deviation) => variance / deviation / deviation,
        _ => null,
    };
}
