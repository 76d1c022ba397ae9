using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Finds the hyperparameters of a Gaussian process: maximum a posteriori, by bounded quasi-Newton from several starts.</summary>
internal static class GaussianProcessFit
{
    private const int ManyPoints = 200;
    private const int MostEvaluations = 50;
    private const int LeastEvaluations = 10;

    /// <summary>Fits.</summary>
    /// <param name="posterior">The density to maximise.</param>
    /// <param name="groups">The number of groups of features.</param>
    /// <param name="isThorough">Whether to look further than the surroundings of the earlier fit.</param>
    /// <param name="warmStart">An earlier fit; null for none.</param>
    /// <param name="key">The key of the random start.</param>
    /// <returns>The hyperparameters to six digits, and the value of −log p.</returns>
    internal static (Hyperparameters Parameters, double Value) Fit(
        LogPosterior posterior, int groups, bool isThorough, Hyperparameters? warmStart, RandomKey key)
    {
        var prior = posterior.Prior;
        var minimizer = new BoundedMinimizer(prior.Dimensions, new()
        {
            MaxIterations = 30, MaxEvaluations = isThorough ? MostEvaluations : Evaluations(posterior.Count),
            GradientTolerance = 1e-2, ValueTolerance = 1e-5,
        });
        var (best, bestValue) = (Array.Empty<double>(), double.PositiveInfinity);
        foreach (var start in Starts(prior, groups, warmStart, isThorough, key))
        {
            var result = minimizer.Minimize(posterior.Evaluate, start, prior.Lower, prior.Upper);
            if (double.IsFinite(result.Value) && result.Value < bestValue)
                (best, bestValue) = (start, result.Value);
        }

        if (best.Length == 0)
            best = Clamp(warmStart?.ToLogarithms(), prior) ?? Default(prior, groups);
        return (Hyperparameters.FromLogarithms(best, groups, prior.Warps).Rounded(), bestValue);
    }

    /// <summary>
    /// How many evaluations a fit may take that goes on from an earlier one or from that to a sample. Each costs as the cube of the number
    /// of points, and the next fit goes on from where this one ends.
    /// </summary>
    private static int Evaluations(int points) =>
        points <= ManyPoints ? MostEvaluations : Math.Max(LeastEvaluations, MostEvaluations * ManyPoints / points * ManyPoints / points);

    private static IEnumerable<double[]> Starts(
        HyperparameterPrior prior, int groups, Hyperparameters? warmStart, bool isThorough, RandomKey key)
    {
        if (Clamp(warmStart?.ToLogarithms(), prior) is { } warm)
        {
            yield return warm;
            if (!isThorough)
                yield break;
        }

        yield return Default(prior, groups);
        var stream = key.CreateStream();
        var normals = new double[prior.Dimensions];
        for (var i = 0; i < normals.Length; i++)
            normals[i] = 0.5 * stream.NextNormal();
        yield return prior.At(i => normals[i]);
    }

    /// <summary>Moderate lengths, below the prior's mean, from where both shorter and longer ones are within reach.</summary>
    private static double[] Default(HyperparameterPrior prior, int groups) =>
        prior.At(i => i == groups || i >= prior.Dimensions - prior.Warps ? 0 : i == groups + 1 ? -0.5 : -0.8);

    private static double[]? Clamp(double[]? logarithms, HyperparameterPrior prior)
    {
        if (logarithms is null || logarithms.Length != prior.Dimensions)
            return null;
        for (var i = 0; i < logarithms.Length; i++)
            logarithms[i] = Math.Clamp(logarithms[i], prior.Lower[i], prior.Upper[i]);
        return logarithms;
    }
}
