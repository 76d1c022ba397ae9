namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Orders trials of several objectives: feasible before infeasible; feasible ones by non-dominated fronts (N. Srinivas, K. Deb,
/// Evolutionary Computation 2, 1994) and within a front by an ε-net, which R. Schmucker et al., Multi-objective asynchronous successive
/// halving, arXiv 2106.12639, 2021, found to be the best tie-break; infeasible ones by their total violation.
/// </summary>
internal static class ParetoOrder
{
    /// <summary>The places of the items, the best first. Ties go to the item that stands earlier.</summary>
    /// <param name="standings">The items.</param>
    internal static int[] Sort(IReadOnlyList<Standing> standings)
    {
        var order = new List<int>(standings.Count);
        foreach (var front in Fronts(standings, [.. Enumerable.Range(0, standings.Count).Where(i => !(standings[i].Violation > 0))]))
            order.AddRange(Net(standings, front));
        order.AddRange(Enumerable.Range(0, standings.Count).Where(i => standings[i].Violation > 0)
            .OrderBy(i => standings[i].Violation).ThenBy(i => i));
        return [.. order];
    }

    /// <summary>Parts items into fronts (X. Zhang et al., An efficient approach to nondominated sorting, IEEE TEVC 19, 2015).</summary>
    internal static List<List<int>> Fronts(IReadOnlyList<Standing> standings, int[] items)
    {
        // In this order no item is dominated by a later one.
        Array.Sort(items, (left, right) =>
        {
            for (var i = 0; i < standings[left].Losses.Length; i++)
            {
                var order = standings[left].Losses[i].CompareTo(standings[right].Losses[i]);
                if (order != 0)
                    return order;
            }

            return left.CompareTo(right);
        });
        var fronts = new List<List<int>>();
        foreach (var item in items)
        {
            var (low, high) = (0, fronts.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (IsDominated(standings, fronts[middle], item))
                    low = middle + 1;
                else
                    high = middle;
            }

            if (low == fronts.Count)
                fronts.Add([]);
            fronts[low].Add(item);
        }

        return fronts;
    }

    /// <summary>
    /// A front in an order that covers it: first the item with the least sum of losses, each scaled to the front's range, then always the
    /// one that is farthest from those before it.
    /// </summary>
    internal static int[] Net(IReadOnlyList<Standing> standings, List<int> front)
    {
        var items = front.Order().ToArray();
        var points = Scale(standings, items);
        var distances = new double[items.Length];
        Array.Fill(distances, double.PositiveInfinity);
        var order = new int[items.Length];
        var next = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].Sum() < points[next].Sum())
                next = i;
        }

        for (var place = 0; place < items.Length; place++)
        {
            order[place] = items[next];
            var chosen = points[next];
            for (var i = 0; i < items.Length; i++)
                distances[i] = Math.Min(distances[i], SquaredDistance(points[i], chosen));
            distances[next] = double.NegativeInfinity;
            next = Array.IndexOf(distances, distances.Max());
        }

        return order;
    }

    private static double[][] Scale(IReadOnlyList<Standing> standings, int[] items)
    {
        var points = Array.ConvertAll(items, item => standings[item].Losses.ToArray());
        for (var i = 0; i < points[0].Length; i++)
        {
            var (low, high) = (points.Min(point => point[i]), points.Max(point => point[i]));
            foreach (var point in points)
                point[i] = high > low ? (point[i] - low) / (high - low) : 0;
        }

        return points;
    }

    private static bool IsDominated(IReadOnlyList<Standing> standings, List<int> front, int item)
    {
        // The last ones are the likeliest; with two objectives the last one decides.
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (Dominates(standings[front[i]], standings[item]))
                return true;
            if (standings[item].Losses.Length == 2)
                return false;
        }

        return false;
    }

    private static bool Dominates(in Standing left, in Standing right)
    {
        var isBetter = false;
        for (var i = 0; i < left.Losses.Length; i++)
        {
            if (left.Losses[i] > right.Losses[i])
                return false;
            isBetter |= left.Losses[i] < right.Losses[i];
        }

        return isBetter;
    }

    private static double SquaredDistance(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        return sum;
    }
}
