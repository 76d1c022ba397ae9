namespace Attune.Algorithms.Surrogates;

/// <summary>Estimates the variance of the noise of one measurement.</summary>
/// <remarks>
/// Repeated measurements tell it directly. Without them it is what remains of the difference between two configurations when their distance
/// goes to 0: over each configuration's k-th nearest neighbour, k = 1, 2, …, half the mean squared difference is regressed on the mean
/// squared distance, and the intercept is the noise (A. Stefánsson, N. Končar, A. J. Jones, "A note on the Gamma test", Neural Computing
/// and Applications 5, 1997). Parameters count in the distance by their importance in the forest, and the mean leaves out the largest
/// fifth, in which lie the pairs that a step parts.
/// </remarks>
internal static class NoiseEstimate
{
    private const int Neighbours = 10;
    private const int MostReferences = 300;

    // The intercept counts as so many degrees of freedom where nothing is repeated, and ever less the more is.
    private const double InterceptDegrees = 4;

    // Where the line meets the axis below 0, this share of the nearest neighbours' difference still counts as noise.
    private const double LeastShare = 0.2;

    private const double Kept = 0.8;

    // The mean of the smaller 80 % of squared standard normal numbers: 1 − 2 z φ(z) / 0.8 with Φ(z) = 0.9.
    private const double KeptMean = 0.43773;

    internal static double Of(ForestData data, double[] importances)
    {
        var (squares, degrees) = (data.Squares.Sum(), data.Repeats.Sum() - data.Count);
        var intercept = data.Count > Neighbours ? Intercept(data, importances, degrees > 0 ? squares / degrees : 0) : 0;
        var weight = data.Count > Neighbours ? InterceptDegrees * InterceptDegrees / (InterceptDegrees + degrees) : 0;
        return degrees + weight > 0 ? (squares + (weight * intercept)) / (degrees + weight) : 0;
    }

    private static double Intercept(ForestData data, double[] importances, double noise)
    {
        var (n, stride) = (data.Count, Math.Max(1, data.Count / MostReferences));
        var (distances, halves) = (new double[Neighbours], new double[Neighbours][]);
        for (var k = 0; k < Neighbours; k++)
            halves[k] = new double[(n + stride - 1) / stride];
        var (all, others) = (new double[n], new int[n]);
        var references = 0;
        for (var i = 0; i < n; i += stride)
        {
            for (var other = 0; other < n; other++)
                (all[other], others[other]) = (other == i ? double.PositiveInfinity : Distance(data, importances, i, other), other);
            all.AsSpan().Sort(others);
            for (var k = 0; k < Neighbours; k++)
            {
                var (j, gap) = (others[k], data.Means[i] - data.Means[others[k]]);

                // Means of repeats differ by less noise than single measurements do.
                var missing = noise * (1 - (0.5 / data.Repeats[i]) - (0.5 / data.Repeats[j]));
                distances[k] += all[k];
                halves[k][references] = (0.5 * gap * gap) + missing;
            }

            references++;
        }

        return Intercept(distances, [.. halves.Select(KeptAverage)]);
    }

    private static double Intercept(double[] distances, double[] halves)
    {
        var (weights, x, y) = (0.0, 0.0, 0.0);
        for (var k = 0; k < distances.Length; k++)
        {
            weights += 1.0 / (k + 1);
            x += distances[k] / (k + 1);
            y += halves[k] / (k + 1);
        }

        (x, y) = (x / weights, y / weights);
        var (covariance, variance) = (0.0, 0.0);
        for (var k = 0; k < distances.Length; k++)
        {
            covariance += (distances[k] - x) * (halves[k] - y) / (k + 1);
            variance += (distances[k] - x) * (distances[k] - x) / (k + 1);
        }

        var slope = variance > 0 ? Math.Max(0, covariance / variance) : 0;
        return Math.Max(LeastShare * halves[0], y - (slope * x));
    }

    private static double KeptAverage(double[] halves)
    {
        Array.Sort(halves);
        return halves.Take((int)Math.Ceiling(Kept * halves.Length)).Average() / KeptMean;
    }

    private static double Distance(ForestData data, double[] importances, int left, int right)
    {
        var (distance, d) = (0.0, importances.Length);
        for (var j = 0; j < d; j++)
        {
            var (a, b) = (data.Rows[(left * d) + j], data.Rows[(right * d) + j]);
            var gap = data.Features.Categories[j] > 0 ? (a == b ? 0 : 1) : double.IsNaN(a) || double.IsNaN(b)
                ? (double.IsNaN(a) && double.IsNaN(b) ? 0 : 1) : a - b;
            distance += importances[j] * gap * gap;
        }

        return distance;
    }
}
