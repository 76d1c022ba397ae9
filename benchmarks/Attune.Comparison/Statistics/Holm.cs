namespace Attune.Comparison;

/// <summary>Correction of p-values for their number: S. Holm, Scandinavian Journal of Statistics 6, 1979.</summary>
public static class Holm
{
    /// <summary>Adjusts p-values so that each compared with α keeps the chance of any false rejection below α.</summary>
    /// <param name="values">The p-values.</param>
    /// <returns>The adjusted ones, in the same order.</returns>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        var largest = 0.0;
        var left = values.Count;
        foreach (var i in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            largest = Math.Max(largest, Math.Min(1, left-- * values[i]));
            adjusted[i] = largest;
        }

        return adjusted;
    }
}
