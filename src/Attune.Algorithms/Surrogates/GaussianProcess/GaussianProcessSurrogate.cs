using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>
/// A Gaussian process over a search space with a joint and an additive kernel, and learned noise. Categories, ordinals and inactive
/// parameters are part of the kernel.
/// </summary>
/// <remarks>
/// C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, chapters 2 and 5. Hyperparameters are the maximum a
/// posteriori, found by analytic gradients from several starts, or draws from their posterior by elliptical slice sampling (I. Murray,
/// R. P. Adams, D. J. C. MacKay, AISTATS 2010).
/// </remarks>
public sealed class GaussianProcessSurrogate : ISurrogate
{
    private const int BurnIn = 10;
    private const int Thinning = 4;

    /// <summary>The correlation; Matérn 5/2 by default.</summary>
    public Smoothness Smoothness { get; init; }

    /// <summary>Whether the kernel has an additive part beside the joint one; true by default.</summary>
    public bool Additive { get; init; } = true;

    /// <summary>
    /// Over how many draws of the hyperparameters predictions are pooled, at least 1; 1, the default, takes the maximum a posteriori.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>The variance of the noise where it is known, in squared standardised losses; null, the default, to learn it.</summary>
    public double? Noise { get; init; }

    /// <inheritdoc/>
    public IPosterior Fit(EncodedConfigurations points, ReadOnlySpan<double> targets, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0 || points.Count != targets.Length)
            throw new ArgumentException($"{points.Count} points and {targets.Length} targets: there must be as many, and at least one.");
        foreach (var target in targets)
        {
            if (!double.IsFinite(target))
                throw new ArgumentException($"A target is {target}; targets must be finite.", nameof(targets));
        }

        var map = new KernelFeatures(points.Space);
        var features = map.Encode(points);
        var prior = new HyperparameterPrior(map, Additive, Noise);
        var posterior = new LogPosterior(map, Smoothness, prior, features, targets.ToArray());
        var (best, _) = GaussianProcessFit.Fit(
            posterior, map.Components.Length, isThorough: true, null, key.Derive(RandomKey.Purpose("fit")));
        var draws = Draw(posterior, best, Members, key.Derive(RandomKey.Purpose("draws")));
        var members = new List<GaussianProcess>(draws.Count);
        foreach (var draw in draws)
            members.Add(new(map, Smoothness, draw, features, targets));
        return new GaussianProcessMixture(members);
    }

    /// <summary>Draws of the hyperparameters from their posterior; for one the start itself.</summary>
    internal static List<Hyperparameters> Draw(LogPosterior posterior, Hyperparameters start, int count, RandomKey key)
    {
        if (count == 1)
            return [start];
        var stream = key.CreateStream();
        var state = start.ToLogarithms();
        EllipticalSliceSampler.Move(posterior, state, BurnIn, ref stream);
        var draws = new List<Hyperparameters>(count);
        for (var k = 0; k < count; k++)
        {
            EllipticalSliceSampler.Move(posterior, state, Thinning, ref stream);
            draws.Add(Hyperparameters.FromLogarithms(state, start.Lengths.Length));
        }

        return draws;
    }
}
