using System.Text.Json;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <content>What is read off the processes.</content>
internal sealed partial class GpModel
{
    private const double LeastVariance = 1e-24;

    /// <summary>The annotation of a proposal that this model chose.</summary>
    /// <param name="method">The name of the sampler.</param>
    /// <param name="reason">The name of the acquisition function.</param>
    /// <param name="why">Why this method was chosen; null where the user chose it.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="more">What else to write; null for nothing.</param>
    internal string Annotate(
        string method, string reason, string? why, Configuration configuration, Action<Utf8JsonWriter>? more = null)
    {
        var features = Acquisition.Map.Encode([configuration]);
        Span<double> value = stackalloc double[1];
        Acquisition.Evaluate(features, value);
        return _training.Annotate((method, reason, why), configuration, Predict(_space.Encode([configuration])), Loss, value[0], writer =>
        {
            State.Write(writer);
            foreach (var (name, side) in _sides)
                side.Write(writer, name);
            more?.Invoke(writer);
        });
    }

    /// <summary>The trial with the best posterior mean, pooled over the processes; null for none.</summary>
    internal Recommendation? Recommend()
    {
        var (means, variances) = (new double[_training.Trials.Length], new double[_training.Trials.Length]);
        new GaussianProcessMixture(_processes).Predict(_features, means, variances);
        return _training.Recommend(means, variances, Loss);
    }

    /// <summary>The loss below which a measurement counts as better than all before; null where no trial is feasible.</summary>
    /// <param name="share">A share of the gap between the best quarter of the losses and the best, by which the best measurement must be
    /// beaten.</param>
    /// <remarks>Where there is noise, the best measurement is a lucky one: then it is enough to be better than the best predicted mean by
    /// more than the deviation of the noise.</remarks>
    internal double? Target(double share)
    {
        var trials = _training.Trials;
        var (means, variances) = (new double[trials.Length], new double[trials.Length]);
        var mixture = new GaussianProcessMixture(_processes);
        mixture.Predict(_features, means, variances);
        var (mean, lowest, losses) = (double.PositiveInfinity, double.PositiveInfinity, new List<double>());
        for (var i = 0; i < means.Length; i++)
        {
            if (trials[i] is not { IsFeasible: true, State: not (TrialState.Failed or TrialState.Lost) } trial)
                continue;
            losses.Add(trial.Losses[0]);
            mean = Math.Min(mean, means[i]);
            lowest = Math.Min(lowest, trial.Losses[0]);
        }

        if (losses.Count == 0)
            return null;
        losses.Sort();
        return Math.Max(lowest - (share * (losses[losses.Count / 4] - lowest)), Loss(mean - Math.Sqrt(mixture.Noise)));
    }

    /// <summary>The probability that a configuration is better than the best, averaged over the processes.</summary>
    internal double ProbabilityOfImprovement(Configuration configuration)
    {
        var features = _space.Encode([configuration]);
        Span<double> mean = stackalloc double[1], variance = stackalloc double[1];
        var sum = 0.0;
        for (var k = 0; k < _processes.Count; k++)
        {
            _processes[k].Predict(features, mean, variance);
            var gap = _incumbents[k] - mean[0];
            sum += double.IsPositiveInfinity(gap) ? 1 : NormalDistribution.Cdf(gap / Math.Sqrt(Math.Max(variance[0], LeastVariance)));
        }

        return sum / _processes.Count;
    }

    /// <summary>The prediction for one point, pooled over the processes.</summary>
    private (double Mean, double Epistemic, double Aleatoric) Predict(ReadOnlySpan<double> features)
    {
        Span<double> mean = stackalloc double[1], variance = stackalloc double[1];
        var mixture = new GaussianProcessMixture(_processes);
        mixture.Predict(features, mean, variance);
        return (mean[0], variance[0], mixture.Noise);
    }

    private double Loss(double target) => _scale.Mean + (_scale.Deviation * _transform.Unmap(target));
}
