namespace Attune.Algorithms.Schedulers;

/// <summary>
/// How far apart trials may be whose order is noise (section 4.2 of the paper on PASHA): those whose curves cross and cross back tell it.
/// </summary>
internal static class RankingNoise
{
    private const double Percentile = 0.9;

    /// <summary>
    /// The 90th percentile, over pairs of trials whose order changed and changed back, of the difference of their losses at the last
    /// resource that both have measured; null when there is no such pair.
    /// </summary>
    internal static double? Estimate(IReadOnlyList<LossCurve> curves)
    {
        var differences = new List<double>();
        for (var i = 0; i < curves.Count; i++)
        {
            for (var j = i + 1; j < curves.Count; j++)
            {
                if (Crossed(curves[i], curves[j]) is { } difference)
                    differences.Add(difference);
            }
        }

        if (differences.Count == 0)
            return null;
        differences.Sort();
        var place = Percentile * (differences.Count - 1);
        var (low, high) = (differences[(int)Math.Floor(place)], differences[(int)Math.Ceiling(place)]);
        return low + ((place - Math.Floor(place)) * (high - low));
    }

    private static double? Crossed(LossCurve left, LossCurve right)
    {
        var (changes, last, difference) = (0, 0, 0.0);
        for (int i = 0, j = 0; i < left.Points.Count && j < right.Points.Count;)
        {
            var (one, other) = (left.Points[i], right.Points[j]);
            if (one.Resource < other.Resource)
            {
                i++;
            }
            else if (one.Resource > other.Resource)
            {
                j++;
            }
            else
            {
                difference = one.Losses[0] - other.Losses[0];
                var order = Math.Sign(difference);
                if (order != 0 && last != 0 && order != last)
                    changes++;
                last = order == 0 ? last : order;
                (i, j) = (i + 1, j + 1);
            }
        }

        return changes >= 2 ? Math.Abs(difference) : null;
    }
}
