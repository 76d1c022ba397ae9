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
    // Beyond this many interquartile ranges above the upper quartile a loss says no more than "bad" (J. W. Tukey's outer fence).
    private const double Fence = 3;

    private static readonly uint FitPurpose = RandomKey.Purpose("fit");
    private static readonly uint RefitPurpose = RandomKey.Purpose("refit");

    private readonly TrainingTrials _training;
    private readonly (double Mean, double Deviation) _scale;
    private RandomForestPosterior _posterior;

    private ForestModel(
        TrainingTrials training, double[] targets, RandomForestPosterior posterior, (double Mean, double Deviation) scale)
    {
        (_training, _posterior, _scale) = (training, posterior, scale);
        var means = new double[targets.Length];
        posterior.Predict(training.Encoded, means, new double[targets.Length]);
        Acquisition = new(means.Min());
        Best = training.Best(Enumerable.Range(0, targets.Length).OrderBy(i => targets[i]).ThenBy(i => i));
    }

    internal SearchSpace Space => _training.Problem.Space;

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
        var training = new TrainingTrials(data, history, options.ModelTrials);
        var (targets, mean, deviation) = ModelTargets.Of(training.Trials, problem, key.Derive(RandomKey.Purpose("scalarization")));
        CutOutliers(targets);
        var surrogate = new RandomForestSurrogate(new() { Trees = options.Trees, NoiseVariance = KnownNoise(problem, deviation) });
        var posterior = (RandomForestPosterior)surrogate.Fit(training.Encoded, targets, key.Derive(FitPurpose));
        var model = new ForestModel(training, targets, posterior, (mean, deviation));
        model.Expect(targets, [.. countsPending ? training.Pending(own) : [], .. batch], key.Derive(RefitPurpose));
        return model;
    }

    /// <summary>The trial with the best predicted mean; null for none.</summary>
    internal Recommendation? Recommend()
    {
        var (means, epistemic) = (new double[_training.Trials.Length], new double[_training.Trials.Length]);
        _posterior.Predict(_training.Encoded, means, epistemic);
        return _training.Recommend(means, epistemic, Loss);
    }

    /// <summary>Counts pending configurations as observed at their predicted mean. The size of errors and noise stays as it was
    /// learned.</summary>
    private void Expect(double[] targets, Configuration[] pending, RandomKey key)
    {
        if (pending.Length == 0)
            return;
        var means = new double[pending.Length];
        _posterior.Predict(new(Space, pending), means, new double[pending.Length]);
        _posterior = _posterior.Refit(new(Space, [.. _training.Configurations, .. pending]), [.. targets, .. means], key);
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
        return _training.Annotate(
            (method, "log-ei", null), configuration, (means[0], epistemic[0], aleatoric[0]), Loss,
            Acquisition.Value(means[0], Math.Sqrt(epistemic[0])));
    }

    private double Loss(double target) => _scale.Mean + (_scale.Deviation * target);

    private static void CutOutliers(double[] targets)
    {
        var sorted = targets.Order().ToArray();
        var (lower, upper) = (sorted[sorted.Length / 4], sorted[3 * sorted.Length / 4]);
        if (!(upper > lower))
            return;
        for (var i = 0; i < targets.Length; i++)
            targets[i] = Math.Min(targets[i], upper + (Fence * (upper - lower)));
    }

    private static double? KnownNoise(Problem problem, double deviation) => problem switch
    {
        { IsSingleObjective: true, Objectives: [{ Noise: Noise.Deterministic }] } => 0,
        { IsSingleObjective: true, Objectives: [{ Noise: Noise.Known, NoiseVariance: { } variance }] }
            when double.IsFinite(variance / deviation / deviation) => variance / deviation / deviation,
        _ => null,
    };
}
