using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>Finds the hyperparameters of a Gaussian process: maximum a posteriori, by bounded quasi-Newton from several starts.</summary>
internal static class GaussianProcessFit
{
    internal const double LeastNoise = 1e-7;

    private const int ManyData = 100;

    private static readonly (double Low, double High) LengthBounds = (Math.Log(0.02), Math.Log(200));
    private static readonly (double Low, double High) SignalBounds = (Math.Log(0.02), Math.Log(50));
    private static readonly (double Low, double High) NoiseBounds = (Math.Log(LeastNoise), Math.Log(2));

    /// <summary>Fits.</summary>
    /// <param name="features">n rows of features.</param>
    /// <param name="targets">n standardised losses.</param>
    /// <param name="map">What the features mean.</param>
    /// <param name="noise">The variance of the noise where it is known; null to learn it.</param>
    /// <param name="warmStart">An earlier fit; null for none.</param>
    /// <param name="key">The key of the random start.</param>
    internal static GaussianProcessParameters Fit(
        IReadOnlyList<double[]> features, double[] targets, FeatureMap map, double? noise, GaussianProcessParameters? warmStart,
        RandomKey key)
    {
        var d = map.Space.Dimensions;
        var posterior = new MarginalPosterior(features, targets, map.Groups, d);
        var (lower, upper) = Bounds(d, noise);
        var minimizer = new BoundedMinimizer(d + 2, new()
        {
            MaxIterations = targets.Length > ManyData ? 20 : 50, MaxEvaluations = 100, GradientTolerance = 1e-3, ValueTolerance = 1e-7,
        });
        var (best, bestValue) = (Array.Empty<double>(), double.PositiveInfinity);
        foreach (var start in Starts(posterior, warmStart, targets.Length, key))
        {
            var result = minimizer.Minimize(posterior.Evaluate, start, lower, upper);
            if (double.IsFinite(result.Value) && result.Value < bestValue)
                (best, bestValue) = (start, result.Value);
        }

        if (best.Length > 0)
            return GaussianProcessParameters.FromLogarithms(best).Rounded();
        var fallback = warmStart?.ToLogarithms() ?? Default(posterior);
        for (var i = 0; i < fallback.Length; i++)
            fallback[i] = Math.Clamp(fallback[i], lower[i], upper[i]);
        return GaussianProcessParameters.FromLogarithms(fallback).Rounded();
    }

    private static (double[] Lower, double[] Upper) Bounds(int dimensions, double? noise)
    {
        var (lower, upper) = (new double[dimensions + 2], new double[dimensions + 2]);
        Array.Fill(lower, LengthBounds.Low);
        Array.Fill(upper, LengthBounds.High);
        (lower[^2], upper[^2]) = SignalBounds;
        (lower[^1], upper[^1]) = NoiseBounds;
        if (noise is { } known)
            lower[^1] = upper[^1] = Math.Log(Math.Max(known, LeastNoise));
        return (lower, upper);
    }

    private static IEnumerable<double[]> Starts(MarginalPosterior posterior, GaussianProcessParameters? warmStart, int count, RandomKey key)
    {
        if (warmStart is not null)
            yield return warmStart.ToLogarithms();
        if (warmStart is not null && count > ManyData)
            yield break;
        yield return Default(posterior);
        var stream = key.CreateStream();
        var random = Default(posterior);
        for (var i = 0; i < random.Length; i++)
            random[i] += stream.NextNormal();
        yield return random;
    }

    /// <summary>Moderate lengths, below the prior's mean, from where both shorter and longer ones are within reach.</summary>
    private static double[] Default(MarginalPosterior posterior)
    {
        var start = new double[posterior.Dimensions + 2];
        Array.Fill(start, posterior.LengthMean - 1.5);
        start[^1] = Math.Log(1e-3);
        start[^2] = 0;
        return start;
    }
}
