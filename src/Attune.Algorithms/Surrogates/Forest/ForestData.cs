namespace Attune.Algorithms.Surrogates;

/// <summary>
/// What trees are grown from: the different configurations, each with the mean of its measurements, in columns that are sorted once for all
/// trees. Repeated measurements are one row, so that the bootstrap draws whole configurations: else a point left out of a tree would be
/// judged by its own twins.
/// </summary>
internal sealed class ForestData
{
    internal ForestData(ForestFeatures features, double[] rows, ReadOnlySpan<double> targets)
    {
        (Features, var d) = (features, features.Dimensions);
        var places = new Dictionary<int, int>(targets.Length, new RowComparer(rows, d));
        var (first, group) = (new List<int>(targets.Length), new int[targets.Length]);
        for (var i = 0; i < targets.Length; i++)
        {
            if (!places.TryGetValue(i, out group[i]))
            {
                places.Add(i, group[i] = first.Count);
                first.Add(i);
            }
        }

        Count = first.Count;
        (Means, Repeats, Squares) = (new double[Count], new double[Count], new double[Count]);
        for (var i = 0; i < targets.Length; i++)
        {
            // Welford's recurrence: no cancellation when repeats are close.
            var g = group[i];
            var shift = targets[i] - Means[g];
            Repeats[g]++;
            Means[g] += shift / Repeats[g];
            Squares[g] += shift * (targets[i] - Means[g]);
        }

        (Rows, Columns) = (new double[Count * d], new double[Count * d]);
        for (var g = 0; g < Count; g++)
        {
            for (var j = 0; j < d; j++)
                Rows[(g * d) + j] = Columns[(j * Count) + g] = rows[(first[g] * d) + j];
        }

        Order = Sort();
    }

    internal ForestFeatures Features { get; }

    /// <summary>The number of different configurations.</summary>
    internal int Count { get; }

    /// <summary>Their features, row-major.</summary>
    internal double[] Rows { get; }

    /// <summary>Their features, column-major.</summary>
    internal double[] Columns { get; }

    /// <summary>For each column the rows in ascending order, inactive ones last; categorical columns are not used.</summary>
    internal int[] Order { get; }

    /// <summary>The mean target of each.</summary>
    internal double[] Means { get; }

    /// <summary>How often each was measured.</summary>
    internal double[] Repeats { get; }

    /// <summary>The sum of squares of each one's targets about their mean.</summary>
    internal double[] Squares { get; }

    private int[] Sort()
    {
        var order = new int[Columns.Length];
        var keys = new double[Count];
        for (var j = 0; j < Features.Dimensions; j++)
        {
            var rows = order.AsSpan(j * Count, Count);
            for (var g = 0; g < Count; g++)
                (rows[g], keys[g]) = (g, double.IsNaN(Columns[(j * Count) + g]) ? double.PositiveInfinity : Columns[(j * Count) + g]);
            if (Features.Categories[j] == 0)
                keys.AsSpan().Sort(rows);
        }

        return order;
    }

    /// <summary>Equality of rows, inactive places (NaN) being equal to one another.</summary>
    private sealed class RowComparer(double[] rows, int dimensions) : IEqualityComparer<int>
    {
        public bool Equals(int left, int right)
        {
            for (var j = 0; j < dimensions; j++)
            {
                if (!rows[(left * dimensions) + j].Equals(rows[(right * dimensions) + j]))
                    return false;
            }

            return true;
        }

        public int GetHashCode(int row)
        {
            var hash = new HashCode();
            for (var j = 0; j < dimensions; j++)
                hash.Add(rows[(row * dimensions) + j]);
            return hash.ToHashCode();
        }
    }
}
