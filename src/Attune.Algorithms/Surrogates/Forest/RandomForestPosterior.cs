using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>What a random forest knows: see <see cref="RandomForestSurrogate"/>.</summary>
public sealed class RandomForestPosterior : IPosterior
{
    private readonly RandomForest _forest;
    private readonly RandomForestOptions _options;
    private readonly OutOfBagCalibration _calibration;
    private readonly double _mean;

    internal RandomForestPosterior(RandomForest forest, RandomForestOptions options, OutOfBagCalibration calibration, double mean) =>
        (_forest, _options, _calibration, _mean) = (forest, options, calibration, mean);

    /// <summary>The variance of the noise of one measurement, estimated or known.</summary>
    public double NoiseVariance => _calibration.Noise;

    /// <inheritdoc/>
    public void Predict(EncodedConfigurations points, Span<double> means, Span<double> epistemic, Span<double> aleatoric = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var m = points.Count;
        if (means.Length < m || epistemic.Length < m || (!aleatoric.IsEmpty && aleatoric.Length < m))
            throw new ArgumentException($"Predictions for {m} points need spans of {m}.", nameof(means));
        var within = new double[m];
        _forest.Predict(_forest.Data.Features.Rows(points), means[..m], epistemic[..m], within);
        for (var i = 0; i < m; i++)
        {
            means[i] += _mean;
            epistemic[i] = _calibration.Epistemic(epistemic[i], within[i]);
            if (!aleatoric.IsEmpty)
                aleatoric[i] = _calibration.Noise;
        }
    }

    /// <summary>Predicts without calibration: the two terms of the law of total variance.</summary>
    /// <param name="points">m configurations.</param>
    /// <param name="means">Receives m means.</param>
    /// <param name="between">Receives m variances between trees of the mean of a leaf.</param>
    /// <param name="within">Receives m means over trees of the variance within a leaf.</param>
    public void PredictRaw(EncodedConfigurations points, Span<double> means, Span<double> between, Span<double> within)
    {
        ArgumentNullException.ThrowIfNull(points);
        var m = points.Count;
        if (means.Length < m || between.Length < m || within.Length < m)
            throw new ArgumentException($"Predictions for {m} points need spans of {m}.", nameof(means));
        _forest.Predict(_forest.Data.Features.Rows(points), means[..m], between[..m], within[..m]);
        for (var i = 0; i < m; i++)
            means[i] += _mean;
    }

    /// <summary>Grows another forest that is calibrated as this one is: for data some of which are made up, which must not teach how large
    /// errors are.</summary>
    internal RandomForestPosterior Refit(EncodedConfigurations points, ReadOnlySpan<double> targets, RandomKey key) =>
        new(RandomForestSurrogate.Grow(points, targets, _options, key, out var mean), _options, _calibration, mean);
}
