namespace Attune.Comparison;

/// <summary>
/// Fisher's exact randomisation test for pairs (The Design of Experiments, 1935, §21): under the null hypothesis every difference could
/// as well have had the other sign, so the p-value is the share of all 2^n sign patterns whose mean difference is at least the one seen.
/// </summary>
internal static class SignFlipTest
{
    /// <summary>The p-value of "<paramref name="worse"/> is not larger than <paramref name="better"/>".</summary>
    /// <param name="worse">One number a pair; at most 24 pairs.</param>
    /// <param name="better">The other number of each pair.</param>
    internal static double OneSided(double[] worse, double[] better)
    {
        if (worse.Length != better.Length || worse.Length is 0 or > 24)
            throw new ArgumentException($"The exact test takes 1 to 24 pairs, not {worse.Length} and {better.Length}.", nameof(worse));
        var differences = worse.Zip(better, (left, right) => left - right).ToArray();
        var seen = differences.Sum();
        var patterns = 1L << differences.Length;
        var extreme = 0L;
        for (var pattern = 0L; pattern < patterns; pattern++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
                sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];

            // Equal sums in another order of rounding count as equal.
            if (sum >= seen - 1e-9)
                extreme++;
        }

        return (double)extreme / patterns;
    }
}
