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
    /// <summary>How many steps of the sampler lead to each draw of the hyperparameters, where nothing else is asked for.</summary>
    internal const int DefaultSteps = 4;

    private const int StartAttempts = 5;

    /// <summary>The correlation; Matérn 5/2 by default.</summary>
    public Smoothness Smoothness { get; init; }

    /// <summary>Whether the kernel has an additive part beside the joint one; true by default.</summary>
    public bool Additive { get; init; } = true;

    /// <summary>Where the choices of ordinals lie; evenly by default, and where more than 100 parameters would be warped.</summary>
    public OrdinalPlaces Ordinals { get; init; }

    /// <summary>Whether the places of numbers and ordinals are warped by learned monotone maps, if they are at most 100; false by
    /// default.</summary>
    public bool InputWarping { get; init; }

    /// <summary>
    /// Over how many draws of the hyperparameters predictions are pooled, at least 1; 1, the default, takes the maximum a posteriori.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>How many steps of the sampler lead to each draw of the hyperparameters, at least 1; 4 by default. Ignored with one member.
    /// </summary>
    public int Steps { get; init; } = DefaultSteps;

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

        var map = new KernelFeatures(points.Space, Ordinals, InputWarping);
        var features = map.Encode(points);
        var prior = new HyperparameterPrior(map, Additive, Noise);
        using var posterior = new LogPosterior(map, Smoothness, prior, features, targets.ToArray());
        var (best, _) = GaussianProcessFit.Fit(
            posterior, map.Components.Length, isThorough: true, null, key.Derive(RandomKey.Purpose("fit")));
        var draws = Draw(posterior, best, Members, Steps, key.Derive(RandomKey.Purpose("draws")));
        var members = new List<GaussianProcess>(draws.Count);
        foreach (var draw in draws)
            members.Add(new(map, Smoothness, draw, features, targets));
        return new GaussianProcessMixture(members);
    }

    /// <summary>Draws of the hyperparameters from their posterior; for one the mode itself.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="mode">Its maximum.</param>
    /// <param name="count">How many to draw.</param>
    /// <param name="steps">The steps to each draw.</param>
    /// <param name="key">The key of the randomness.</param>
    internal static List<Hyperparameters> Draw(LogPosterior posterior, Hyperparameters mode, int count, int steps, RandomKey key)
    {
        if (count == 1)
            return [mode];
        var stream = key.CreateStream();
        var logarithms = mode.ToLogarithms();
        var approximation = LaplaceApproximation.Of(posterior, logarithms);
        var draws = new List<Hyperparameters>(count);
        var state = new double[logarithms.Length];
        for (var k = 0; k < count; k++)
        {
            Start(posterior, approximation, logarithms, state, ref stream);
            EllipticalSliceSampler.Move(posterior, approximation, state, steps, ref stream);
            draws.Add(Hyperparameters.FromLogarithms(state, mode.Lengths.Length, mode.Warps.Length));
        }

        return draws;
    }

    // A mode is not typical of a distribution in many dimensions, and draws that set out from it one after another stay near it: each
    // begins at a place of its own.
    private static void Start(
        LogPosterior posterior, LaplaceApproximation approximation, double[] mode, double[] state, ref RandomStream stream)
    {
        for (var attempt = 0; attempt < StartAttempts; attempt++)
        {
            approximation.Draw(state, ref stream);
            for (var i = 0; i < state.Length; i++)
                state[i] += approximation.Centre[i];
            if (double.IsFinite(posterior.LogLikelihood(state)))
                return;
        }

        mode.CopyTo(state, 0);
    }
}
