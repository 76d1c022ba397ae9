namespace Attune.Algorithms.Samplers;

/// <summary>The best of several trials with several objectives: front by front, and of the front that does not fit those that spread
/// over it.</summary>
/// <remarks>
/// K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on
/// Evolutionary Computation 6, 2002 (fronts). Instead of its crowding distance, which leaves holes when many are cut at once, the best
/// of each objective are taken first, and then always the one that is farthest from all taken, each objective scaled to the front.
/// </remarks>
internal static class FrontSelection
{
    /// <summary>Selects.</summary>
    /// <param name="losses">The losses of each trial, finite.</param>
    /// <param name="wanted">How many to select.</param>
    /// <returns>Indices into <paramref name="losses"/>, the best fronts first.</returns>
    internal static List<int> Select(IReadOnlyList<IReadOnlyList<double>> losses, int wanted)
    {
        var selected = new List<int>(wanted);
        var left = Enumerable.Range(0, losses.Count).ToList();
        while (selected.Count < wanted && left.Count > 0)
        {
            var front = Front(losses, left);
            if (selected.Count + front.Count <= wanted)
                selected.AddRange(front);
            else
                AddSpread(losses, front, wanted - selected.Count, selected);
            var taken = front.ToHashSet();
            left.RemoveAll(taken.Contains);
        }

        return selected;
    }

    private static List<int> Front(IReadOnlyList<IReadOnlyList<double>> losses, List<int> left)
    {
        var front = new List<int>();
        foreach (var candidate in left)
        {
            if (front.Exists(other => Dominates(losses[other], losses[candidate])))
                continue;
            front.RemoveAll(other => Dominates(losses[candidate], losses[other]));
            front.Add(candidate);
        }

        return front;
    }

    private static bool Dominates(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var isBetter = false;
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i] > right[i])
                return false;
            isBetter |= left[i] < right[i];
        }

        return isBetter;
    }

    private static void AddSpread(IReadOnlyList<IReadOnlyList<double>> losses, List<int> front, int wanted, List<int> selected)
    {
        var objectives = losses[0].Count;

        // Halved, so that the difference of the largest doubles is finite.
        var widths = Enumerable.Range(0, objectives)
            .Select(i => (front.Max(k => losses[k][i]) / 2) - (front.Min(k => losses[k][i]) / 2)).ToArray();
        var distances = new double[front.Count];
        Array.Fill(distances, double.PositiveInfinity);
        for (var taken = 0; taken < wanted; taken++)
        {
            var objective = taken;
            var best = taken < objectives
                ? Enumerable.Range(0, front.Count).Where(k => distances[k] >= 0).MinBy(k => losses[front[k]][objective])
                : Enumerable.Range(0, front.Count).MaxBy(k => distances[k]);
            selected.Add(front[best]);
            for (var k = 0; k < front.Count; k++)
                distances[k] = Math.Min(distances[k], Distance(front[k], front[best]));
            distances[best] = double.NegativeInfinity;
        }

        double Distance(int left, int right)
        {
            var sum = 0.0;
            for (var i = 0; i < objectives; i++)
            {
                var difference = widths[i] > 0 ? ((losses[left][i] / 2) - (losses[right][i] / 2)) / widths[i] : 0;
                sum += difference * difference;
            }

            return sum;
        }
    }
}
