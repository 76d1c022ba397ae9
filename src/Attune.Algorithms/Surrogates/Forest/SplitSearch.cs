namespace Attune.Algorithms.Surrogates;

/// <summary>Finds the split of a node that lessens the sum of squares most (L. Breiman and others, "Classification and regression trees",
/// 1984).</summary>
/// <remarks>
/// With weights W and weighted sums S the gain is S_L²/W_L + S_R²/W_R − S²/W. For a categorical with k choices the best of the 2^(k−1) − 1
/// subsets is a prefix of the choices in the order of their means (W. D. Fisher, "On grouping for maximum homogeneity", 1958; Breiman and
/// others, theorem 4.5), being inactive counting as a choice. For a number, the inactive ones go as one to whichever side is
/// better, and may be split off from all others (B. Twala, M. C. Jones, D. J. Hand, "Good methods for coping with missing data in decision
/// trees", 2008).
/// </remarks>
internal sealed class SplitSearch
{
    private readonly ForestData _data;
    private readonly int _leastLeaf;
    private readonly double[] _categoryWeights;
    private readonly double[] _categorySums;
    private readonly double[] _categoryMeans;
    private readonly int[] _present;

    internal SplitSearch(ForestData data, int leastLeaf)
    {
        (_data, _leastLeaf) = (data, leastLeaf);
        var most = data.Features.Categories.Append(0).Max();
        (_categoryWeights, _categorySums) = (new double[most], new double[most]);
        (_categoryMeans, _present) = (new double[most], new int[most]);
    }

    /// <summary>Improves on a split by splits of a number.</summary>
    /// <param name="best">The best so far.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="rows">The node's rows in ascending order, inactive ones last.</param>
    /// <param name="weights">The weight of every row of the data.</param>
    /// <param name="weight">The sum of the node's weights.</param>
    /// <param name="sum">The weighted sum of its targets.</param>
    /// <returns>Whether the parameter is not constant in the node.</returns>
    internal bool Number(ref Split best, int parameter, ReadOnlySpan<int> rows, double[] weights, double weight, double sum)
    {
        var values = _data.Columns.AsSpan(parameter * _data.Count, _data.Count);
        var means = _data.Means;
        var active = rows.Length;
        var (inactiveWeight, inactiveSum) = (0.0, 0.0);
        for (; active > 0 && double.IsNaN(values[rows[active - 1]]); active--)
        {
            inactiveWeight += weights[rows[active - 1]];
            inactiveSum += weights[rows[active - 1]] * means[rows[active - 1]];
        }

        if (active == 0 || (active == rows.Length && values[rows[0]] == values[rows[^1]]))
            return false;
        var (leftWeight, leftSum, whole, hasInactive) = (0.0, 0.0, sum * sum / weight, active < rows.Length);
        for (var r = 0; r < active; r++)
        {
            var row = rows[r];
            leftWeight += weights[row];
            leftSum += weights[row] * means[row];
            var above = r + 1 < active ? values[rows[r + 1]] : double.PositiveInfinity;
            if (above == values[row])
                continue;
            if (Gain(leftWeight, leftSum, weight, sum, whole) is var gain && gain > best.Gain)
            {
                best = new()
                {
                    Gain = gain, Parameter = parameter, Below = values[row], Above = above, HasInactive = hasInactive,
                };
            }

            if (hasInactive && r + 1 < active
                && Gain(leftWeight + inactiveWeight, leftSum + inactiveSum, weight, sum, whole) is var joined && joined > best.Gain)
            {
                best = new()
                {
                    Gain = joined, Parameter = parameter, Below = values[row], Above = above, HasInactive = true, InactiveLeft = true,
                };
            }
        }

        return true;
    }

    /// <summary>Improves on a split by splits of a categorical; the arguments are those of <see cref="Number"/>, the rows in any
    /// order.</summary>
    internal bool Choice(ref Split best, int parameter, ReadOnlySpan<int> rows, double[] weights, double weight, double sum)
    {
        var present = Rank(parameter, rows, weights);
        if (present.Length < 2)
            return false;
        var (leftWeight, leftSum, whole) = (0.0, 0.0, sum * sum / weight);
        for (var k = 0; k + 1 < present.Length; k++)
        {
            leftWeight += _categoryWeights[present[k]];
            leftSum += _categorySums[present[k]];
            if (Gain(leftWeight, leftSum, weight, sum, whole) is var gain && gain > best.Gain)
                best = new() { Gain = gain, Parameter = parameter, Choices = k + 1 };
        }

        return true;
    }

    /// <summary>The choices that occur in a node, in the order of their mean targets. Valid until the next call.</summary>
    internal ReadOnlySpan<int> Rank(int parameter, ReadOnlySpan<int> rows, double[] weights)
    {
        var values = _data.Columns.AsSpan(parameter * _data.Count, _data.Count);
        _categoryWeights.AsSpan(0, _data.Features.Categories[parameter]).Clear();
        var count = 0;
        foreach (var row in rows)
        {
            var code = (int)values[row];
            if (_categoryWeights[code] == 0)
            {
                _present[count++] = code;
                _categorySums[code] = 0;
            }

            _categoryWeights[code] += weights[row];
            _categorySums[code] += weights[row] * _data.Means[row];
        }

        var present = _present.AsSpan(0, count);
        for (var k = 0; k < count; k++)
            _categoryMeans[k] = _categorySums[present[k]] / _categoryWeights[present[k]];
        _categoryMeans.AsSpan(0, count).Sort(present);
        return present;
    }

    private double Gain(double leftWeight, double leftSum, double weight, double sum, double whole)
    {
        var (rightWeight, rightSum) = (weight - leftWeight, sum - leftSum);
        return leftWeight < _leastLeaf || rightWeight < _leastLeaf || rightWeight <= 0
            ? 0
            : (leftSum * leftSum / leftWeight) + (rightSum * rightSum / rightWeight) - whole;
    }
}
