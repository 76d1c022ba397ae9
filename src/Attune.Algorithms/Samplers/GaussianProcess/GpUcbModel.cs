using Attune.Histories;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The Gaussian process of one proposal, fitted to what the trials tell, with the pending ones hallucinated.</summary>
internal sealed class GpUcbModel
{
    private const int AlwaysRefit = 60;
    private const double RefitGrowth = 1.05;
    private const int MostPending = 200;

    private readonly double _mean;
    private readonly double _deviation;
    private readonly bool _isScalarized;

    private GpUcbModel(
        FeatureMap map, GaussianProcess process, GpUcbAnnotation annotation, List<Configuration> best,
        (double Mean, double Deviation) scale, bool isScalarized)
    {
        (Map, Surrogate, Annotation, Best) = (map, process, annotation, best);
        (_mean, _deviation, _isScalarized) = (scale.Mean, scale.Deviation, isScalarized);
    }

    internal FeatureMap Map { get; }

    internal GaussianProcess Surrogate { get; }

    internal GpUcbAnnotation Annotation { get; }

    /// <summary>The configurations of the best trials, the best first.</summary>
    internal List<Configuration> Best { get; }

    /// <summary>Fits and hallucinates.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the trial to propose for, which is not pending for itself.</param>
    /// <param name="options">The options.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static GpUcbModel Fit(ModelData data, History history, int own, GpUcbOptions options, RandomKey key)
    {
        var space = history.Problem.Space;
        var map = new FeatureMap(space);
        var trials = data.Select(history, options.ModelTrials).Select(number => history.Trials[number]).ToArray();
        var configurations = trials.Select(trial => data.Adopt(history, trial.Configuration!)).ToArray();
        var features = configurations.Select(configuration => Encode(map, configuration)).ToArray();
        var (targets, mean, deviation) = ModelTargets.Of(trials, history.Problem, key.Derive(RandomKey.Purpose("scalarization")));
        var annotation = Learn(GpUcbAnnotation.Read(data.Annotation, space), features, targets);
        var process = new GaussianProcess(features, targets, map.Groups, annotation.Parameters);
        foreach (var pending in Pending(history, own))
            process.Hallucinate(Encode(map, data.Adopt(history, pending)));
        var best = Enumerable.Range(0, targets.Length).OrderBy(i => targets[i]).ThenBy(i => i)
            .Select(i => configurations[i]).Where(configuration => space.Validate(configuration) is null).Distinct().Take(5).ToList();
        return new(map, process, annotation, best, (mean, deviation), !history.Problem.IsSingleObjective);

        GpUcbAnnotation Learn(GpUcbAnnotation? before, double[][] rows, double[] values)
        {
            var isFresh = before is not null && history.Problem.IsSingleObjective && data.Count > AlwaysRefit
                && data.Count < before.Fitted * RefitGrowth;
            return isFresh ? before! : new(
                data.Count, GaussianProcessFit.Fit(rows, values, map, Noise(history.Problem, deviation), before?.Parameters,
                    key.Derive(RandomKey.Purpose("fit"))));
        }
    }

    /// <summary>Takes a configuration of the same batch as pending.</summary>
    internal void Hallucinate(Configuration configuration) => Surrogate.Hallucinate(Encode(Map, configuration));

    /// <summary>The annotation of a proposal that this model chose.</summary>
    internal string Annotate(Configuration configuration, double beta)
    {
        var (means, variances) = (new double[1], new double[1]);
        Surrogate.Predict([Encode(Map, configuration)], means, variances);
        double? mean = _isScalarized ? null : _mean + (_deviation * means[0]);
        return Annotation.Write(Map.Space, beta, mean, _deviation * Math.Sqrt(variances[0]));
    }

    private static double[] Encode(FeatureMap map, Configuration configuration)
    {
        var features = new double[map.Columns];
        map.Encode(configuration, features);
        return features;
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
        { IsSingleObjective: true, Objectives: [{ Noise: Attune.Noise.Deterministic }] } => GaussianProcessFit.LeastNoise,
        { IsSingleObjective: true, Objectives: [{ Noise: Attune.Noise.Known, NoiseVariance: { } variance }] } =>
            variance / deviation / deviation,
        _ => null,
    };
}
