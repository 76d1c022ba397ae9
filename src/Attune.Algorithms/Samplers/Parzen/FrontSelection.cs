namespace Attune.Algorithms.Samplers;

/// <summary>The best of several trials with several objectives: front by front, and of the front that does not fit those that together
/// dominate the most.</summary>
/// <remarks>
/// <para>K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on
/// Evolutionary Computation 6, 2002 (fronts); Y. Ozaki, Y. Tanigaki, S. Watanabe, M. Onishi, "Multiobjective tree-structured Parzen
/// estimator for computationally expensive optimization problems", GECCO 2020 (the hypervolume breaks ties).</para>
/// <para>Members are taken one by one, always the one that adds most to the hypervolume, which is counted on 512 points of an additive
/// recurrence (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018) in the box of the front, widened by a tenth
/// on the bad side: any number of objectives costs alike.</para>
/// </remarks>
internal static class FrontSelection
{
    private const int Blocks = 4;
    private const double Reference = 1.1;

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
                AddLargest(losses, front, wanted - selected.Count, selected);
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

    private static void AddLargest(IReadOnlyList<IReadOnlyList<double>> losses, List<int> front, int wanted, List<int> selected)
    {
        var dominated = front.ConvertAll(_ => new UInt128[Blocks]);
        Sample(losses, front, dominated);
        var covered = new UInt128[Blocks];
        for (var taken = 0; taken < wanted; taken++)
        {
            var (best, most) = (-1, -1);
            for (var k = 0; k < front.Count; k++)
            {
                if (dominated[k].Length > 0 && Gain(dominated[k], covered) is var gain && gain > most)
                    (best, most) = (k, gain);
            }

            selected.Add(front[best]);
            for (var block = 0; block < Blocks; block++)
                covered[block] |= dominated[best][block];
            dominated[best] = [];
        }
    }

    private static int Gain(UInt128[] dominated, UInt128[] covered)
    {
        var gain = 0;
        for (var block = 0; block < Blocks; block++)
            gain += (int)UInt128.PopCount(dominated[block] & ~covered[block]);
        return gain;
    }

    /// <summary>Which of the points of the box are dominated by which member of the front.</summary>
    private static void Sample(IReadOnlyList<IReadOnlyList<double>> losses, List<int> front, List<UInt128[]> dominated)
    {
        var objectives = losses[0].Count;
        var (low, width, step) = (new double[objectives], new double[objectives], new double[objectives]);
        var ratio = Ratio(objectives);
        for (var i = 0; i < objectives; i++)
        {
            // Halved, so that the difference of the largest doubles is finite.
            low[i] = front.Min(k => losses[k][i]) / 2;
            width[i] = (front.Max(k => losses[k][i]) / 2) - low[i];
            step[i] = Math.Pow(ratio, -(i + 1));
        }

        var point = new double[objectives];
        for (var n = 0; n < 128 * Blocks; n++)
        {
            for (var i = 0; i < objectives; i++)
                point[i] = Reference * ((0.5 + ((n + 1) * step[i])) % 1);
            for (var k = 0; k < front.Count; k++)
            {
                var isDominated = true;
                for (var i = 0; i < objectives && isDominated; i++)
                    isDominated = width[i] == 0 || ((losses[front[k]][i] / 2) - low[i]) / width[i] <= point[i];
                if (isDominated)
                    dominated[k][n / 128] |= UInt128.One << (n % 128);
            }
        }
    }

    /// <summary>The positive root of x^(d + 1) = x + 1, by the iteration x ← (1 + x)^(1 / (d + 1)).</summary>
    private static double Ratio(int dimensions)
    {
        var ratio = 2.0;
        for (var i = 0; i < 40; i++)
            ratio = Math.Pow(1 + ratio, 1.0 / (dimensions + 1));
        return ratio;
    }
}
