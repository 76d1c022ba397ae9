using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>A process of something other than the loss: how far an outcome constraint is violated, or what a trial costs.</summary>
/// <param name="Process">The process, of standardised values.</param>
/// <param name="State">What the next fit starts from.</param>
/// <param name="Mean">The mean of the values.</param>
/// <param name="Deviation">Their standard deviation; 1 where they do not differ.</param>
internal sealed record SideProcess(GaussianProcess Process, GpState State, double Mean, double Deviation)
{
    private const double LeastDeviation = 1e-14;

    /// <summary>Where a value lies among the standardised ones.</summary>
    internal double Standardize(double value) => (value - Mean) / Deviation;

    /// <summary>Fits, unless an earlier fit to nearly as many trials will do.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="options">The correlation, and whether there is an additive part.</param>
    /// <param name="features">Rows of features of the trials that have a value.</param>
    /// <param name="values">Their values, at least one.</param>
    /// <param name="before">An earlier fit; null for none.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static SideProcess Fit(
        KernelFeatures map, GpOptions options, double[] features, double[] values, GpState? before, RandomKey key)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        if (!(deviation > LeastDeviation))
            deviation = 1;
        var targets = Array.ConvertAll(values, value => (value - mean) / deviation);
        var prior = new HyperparameterPrior(map, GpModel.IsAdditive(options, map.Space), null);
        var state = before;
        if (before is null || GpModel.IsOutdated(before, values.Length))
        {
            var isThorough = GpModel.IsThorough(before, values.Length);
            using var posterior = new LogPosterior(map, options.Smoothness, prior, features, targets);
            var (fitted, _) = GaussianProcessFit.Fit(posterior, map.Components.Length, isThorough, before?.Parameters, key);
            state = new(values.Length, isThorough ? values.Length : before!.Chosen, double.PositiveInfinity, fitted);
        }

        return new(new(map, options.Smoothness, state!.Parameters, features, targets), state, mean, deviation);
    }
}
