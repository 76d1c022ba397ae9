using Attune.Problems;

namespace Attune.Comparison;

/// <summary>The volume that points dominate (E. Zitzler, L. Thiele, PPSN V, 1998), exactly.</summary>
public static class Hypervolume
{
    /// <summary>The dominated share of the box between ideal (0) and nadir (1) of every objective.</summary>
    /// <param name="points">Values in the objectives' own directions.</param>
    /// <param name="ranges">Ideal and nadir of each objective; their order tells the direction.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Normalized(IEnumerable<IReadOnlyList<double>> points, IReadOnlyList<ObjectiveRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(ranges);
        return Of(points.Select(
            point => ranges.Select((range, i) => Math.Max(0, (point[i] - range.Ideal) / (range.Nadir - range.Ideal))).ToArray()));
    }

    /// <summary>The volume that points dominate below the reference point (1, …, 1), to be minimised.</summary>
    /// <param name="points">Points with equally many coordinates.</param>
    public static double Of(IEnumerable<double[]> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var inside = points.Where(point => point.All(value => value < 1)).ToArray();
        return inside.Length == 0 ? 0 : Sweep(inside, inside[0].Length);
    }

    // Slices along the last coordinate, each with the volume of the points that reach down to it (J. Knowles, thesis, Reading 2002).
    private static double Sweep(double[][] points, int dimensions)
    {
        if (dimensions == 1)
            return 1 - points.Min(point => point[0]);
        var order = points.OrderBy(point => point[dimensions - 1]).ToArray();
        var (front, volume) = (new List<double[]>(), 0.0);
        for (var i = 0; i < order.Length; i++)
        {
            var added = order[i];
            if (!front.Exists(other => Dominates(other, added, dimensions - 1)))
            {
                front.RemoveAll(other => Dominates(added, other, dimensions - 1));
                front.Add(added);
            }

            var depth = (i + 1 < order.Length ? order[i + 1][dimensions - 1] : 1) - added[dimensions - 1];
            if (depth > 0)
                volume += depth * Sweep([.. front], dimensions - 1);
        }

        return volume;
    }

    private static bool Dominates(double[] left, double[] right, int dimensions)
    {
        for (var i = 0; i < dimensions; i++)
        {
            if (left[i] > right[i])
                return false;
        }

        return true;
    }
}
