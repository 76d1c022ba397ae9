using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>
/// A random forest for losses over any search space: categories are split into subsets, inactive parameters have branches of their own, and
/// no scale or smoothness is assumed, so steps and heavy tails do no harm.
/// </summary>
/// <remarks>
/// <para>F. Hutter, H. H. Hoos, K. Leyton-Brown, "Sequential model-based optimization for general algorithm configuration", LION 2011; F.
/// Hutter, L. Xu, H. H. Hoos, K. Leyton-Brown, "Algorithm runtime prediction: methods and evaluation", Artificial Intelligence 206, 2014,
/// section 4.3: bootstrap samples, random subsets of parameters, random split points between neighbours; the prediction is the mean over
/// trees, and its variance follows from the law of total variance: the variance between trees of the leaf's mean, and the mean over trees
/// of the variance within the leaf.</para>
/// <para>Those two are split anew into what could be learned and the noise that stays: see <see cref="OutOfBagCalibration"/> and
/// <see cref="NoiseEstimate"/>. Whoever wants to model logarithms passes logarithms.</para>
/// <para>The work of a fit grows like n log n · d · trees.</para>
/// </remarks>
/// <param name="options">How trees are grown; null for the defaults.</param>
/// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
public sealed class RandomForestSurrogate(RandomForestOptions? options = null) : ISurrogate
{
    private readonly RandomForestOptions _options = (options ?? new()).Checked();

    /// <inheritdoc/>
    public IPosterior Fit(EncodedConfigurations points, ReadOnlySpan<double> targets, RandomKey key)
    {
        var forest = Grow(points, targets, _options, key, out var mean);
        return new RandomForestPosterior(forest, _options, OutOfBagCalibration.Of(forest, _options.NoiseVariance), mean);
    }

    /// <summary>Grows a forest on targets less their mean.</summary>
    internal static RandomForest Grow(
        EncodedConfigurations points, ReadOnlySpan<double> targets, RandomForestOptions options, RandomKey key, out double mean)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count != targets.Length || targets.IsEmpty)
            throw new ArgumentException($"There are {points.Count} points and {targets.Length} targets; a fit needs one of each at least, "
                + "and as many of the one as of the other.", nameof(targets));
        mean = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            if (!double.IsFinite(targets[i]))
                throw new ArgumentException($"Target {i} is {targets[i]}; targets must be finite.", nameof(targets));
            mean += (targets[i] - mean) / (i + 1);
        }

        var centred = new double[targets.Length];
        for (var i = 0; i < centred.Length; i++)
            centred[i] = targets[i] - mean;
        var features = new ForestFeatures(points.Space);
        return RandomForest.Grow(new(features, features.Rows(points), centred), options, key);
    }
}
