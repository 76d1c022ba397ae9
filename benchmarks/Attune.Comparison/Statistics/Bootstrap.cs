using Attune.Numerics;

namespace Attune.Comparison;

/// <summary>Confidence intervals of means by resampling runs: B. Efron, Annals of Statistics 7, 1979, percentile method.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1000;
    private static readonly RandomKey Key = RandomKey.FromSeed(0).Derive(RandomKey.Purpose("bootstrap"));

    /// <summary>The 95 % interval of a mean over strata of means within strata.</summary>
    /// <param name="strata">The values of each stratum (a problem), at least one each.</param>
    internal static (double Low, double High) Interval(IReadOnlyList<double[]> strata)
    {
        var random = Key.CreateStream();
        var means = new double[Resamples];
        for (var sample = 0; sample < Resamples; sample++)
        {
            foreach (var values in strata)
            {
                var sum = 0.0;
                for (var i = 0; i < values.Length; i++)
                    sum += values[random.NextInt(values.Length)];
                means[sample] += sum / values.Length / strata.Count;
            }
        }

        Array.Sort(means);
        return (means[(int)(0.025 * (Resamples - 1))], means[(int)Math.Ceiling(0.975 * (Resamples - 1))]);
    }
}
