namespace Attune.Comparison;

/// <summary>Whether methods differ over blocks, by their ranks within each block; and by how much average ranks must differ for two methods
/// to be told apart.</summary>
/// <param name="Ranks">The average rank of each method; 1 is best.</param>
/// <param name="PValue">The probability of ranks at least as different when no method differs from another.</param>
/// <param name="CriticalDifference">Nemenyi's critical difference at 5 %.</param>
/// <param name="Blocks">How many blocks there are.</param>
/// <remarks>M. Friedman, Journal of the American Statistical Association 32, 1937; P. B. Nemenyi, thesis, Princeton 1963; as used by
/// J. Demšar, Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006, §3.2.2. Blocks are runs of one problem with
/// one seed, so the statement holds for these problems and new seeds, not for other problems.</remarks>
public sealed record FriedmanTest(IReadOnlyList<double> Ranks, double PValue, double CriticalDifference, int Blocks)
{
    private const double Alpha = 0.05;

    /// <summary>Tests.</summary>
    /// <param name="losses">One row for each block, one loss for each of at least two methods.</param>
    public static FriedmanTest Of(IReadOnlyList<double[]> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        var (n, k) = (losses.Count, losses[0].Length);
        var (sums, ties) = (new double[k], 0.0);
        foreach (var block in losses)
        {
            var (ranks, tied) = RankOf(block);
            for (var i = 0; i < k; i++)
                sums[i] += ranks[i];
            ties += tied;
        }

        // With the correction for ties (W. J. Conover, Practical Nonparametric Statistics, §5.8).
        var spread = sums.Sum(sum => Math.Pow((sum / n) - ((k + 1) / 2.0), 2));
        var scale = 1 - (ties / (n * k * ((double)(k * k) - 1)));
        var statistic = scale <= 0 ? 0 : 12.0 * n / (k * (k + 1)) * spread / scale;
        return new(
            [.. sums.Select(sum => sum / n)], ChiSquare.Tail(statistic, k - 1),
            StudentizedRange.Critical(Alpha, k) / Math.Sqrt(2) * Math.Sqrt(k * (k + 1) / (6.0 * n)), n);
    }

    /// <summary>Ranks from 1, equal values sharing the mean of theirs, and the sum of t³ − t over groups of t equal values.</summary>
    internal static (double[] Ranks, double Ties) RankOf(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var (ranks, ties) = (new double[values.Length], 0.0);
        for (var i = 0; i < order.Length;)
        {
            var end = i;
            while (end < order.Length && values[order[end]] == values[order[i]])
                end++;
            for (var j = i; j < end; j++)
                ranks[order[j]] = (i + 1 + end) / 2.0;
            double group = end - i;
            ties += (group * group * group) - group;
            i = end;
        }

        return (ranks, ties);
    }
}
