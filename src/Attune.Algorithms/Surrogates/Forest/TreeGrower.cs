using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Grows regression trees, each from a bootstrap sample of the configurations.</summary>
/// <remarks>
/// Every column of the sample is kept sorted: a split parts all columns, stably, so that nothing is sorted again. A split point lies at
/// random between its two neighbours, which makes the mean over trees nearly linear between data and lets the variance grow away from them
/// (F. Hutter, L. Xu, H. H. Hoos, K. Leyton-Brown, "Algorithm runtime prediction: methods and evaluation", Artificial Intelligence 206,
/// 2014, section 4.3). Values that a node has not seen, a choice or being inactive, go to a random side: trees disagree on what none of
/// them knows.
/// </remarks>
internal sealed class TreeGrower
{
    private const double LeastGain = 1e-12;

    private readonly ForestData _data;
    private readonly int _leastLeaf;
    private readonly SplitSearch _search;
    private readonly int _tried;
    private readonly double[] _weights;
    private readonly int[] _order;
    private readonly int[] _spare;
    private readonly bool[] _goesLeft;
    private readonly int[] _parameters;
    private readonly ulong[] _set;
    private readonly Stack<(int Node, int Start, int End)> _open = new();
    private int _sampled;

    internal TreeGrower(ForestData data, RandomForestOptions options)
    {
        var (n, d) = (data.Count, data.Features.Dimensions);
        (_data, _leastLeaf) = (data, options.LeastLeaf ?? 1);
        _search = new(data, _leastLeaf);
        _tried = Math.Max(1, (int)Math.Ceiling(options.FeatureShare * d));

        // The last column is no parameter's: it lists the rows for categoricals.
        (_weights, _order, _spare) = (new double[n], new int[(d + 1) * n], new int[n]);
        (_goesLeft, _parameters) = (new bool[n], new int[d]);
        _set = new ulong[(data.Features.Categories.Append(0).Max() + 63) / 64];
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="nodes">Receives its nodes.</param>
    /// <param name="stream">The random numbers.</param>
    /// <param name="counts">Receives for every configuration how often the bootstrap drew it.</param>
    /// <returns>The root.</returns>
    internal int Grow(ForestNodes nodes, ref RandomStream stream, Span<int> counts)
    {
        Sample(ref stream, counts);
        var root = nodes.Add(1);
        _open.Push((root, 0, _sampled));
        while (_open.TryPop(out var open))
        {
            var (node, start, end) = open;
            var split = Best(start, end, counts, nodes, node, ref stream);
            if (split.Gain <= 0)
                continue;
            nodes.Gains[split.Parameter] += split.Gain;
            var left = Part(nodes, node, split, start, end, ref stream, out var middle);
            _open.Push((left + 1, middle, end));
            _open.Push((left, start, middle));
        }

        return root;
    }

    private void Sample(ref RandomStream stream, Span<int> counts)
    {
        var n = _data.Count;
        counts.Clear();
        for (var i = 0; i < n; i++)
            counts[stream.NextInt(n)]++;
        for (var i = 0; i < n; i++)
            _weights[i] = counts[i] * _data.Repeats[i];
        for (var j = 0; j <= _parameters.Length; j++)
        {
            if (j < _parameters.Length && _data.Features.Categories[j] > 0)
                continue;
            _sampled = 0;
            for (var r = 0; r < n; r++)
            {
                var row = j < _parameters.Length ? _data.Order[(j * n) + r] : r;
                _order[(j * n) + _sampled] = row;
                _sampled += counts[row] > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>Writes a node as a leaf, and finds its best split.</summary>
    private Split Best(int start, int end, ReadOnlySpan<int> counts, ForestNodes nodes, int node, ref RandomStream stream)
    {
        var (n, d) = (_data.Count, _parameters.Length);
        var rows = _order.AsSpan((d * n) + start, end - start);
        var (weight, sum) = (0.0, 0.0);
        foreach (var row in rows)
        {
            weight += _weights[row];
            sum += _weights[row] * _data.Means[row];
        }

        var (mean, between, within) = (sum / weight, 0.0, 0.0);
        foreach (var row in rows)
        {
            var distance = _data.Means[row] - mean;
            between += _weights[row] * distance * distance;
            within += counts[row] * _data.Squares[row];
        }

        nodes.SetLeaf(node, mean, (between + within) / weight);
        var best = new Split { Gain = LeastGain * between };
        if (rows.Length < 2 || weight < 2 * _leastLeaf || !(between > 0))
            return default;
        var floor = best.Gain;
        for (int drawn = 0, informative = 0; drawn < d && informative < _tried; drawn++)
        {
            var parameter = Draw(drawn, ref stream);
            var isInformative = _data.Features.Categories[parameter] > 0
                ? _search.Choice(ref best, parameter, rows, _weights, weight, sum)
                : _search.Number(ref best, parameter, _order.AsSpan((parameter * n) + start, end - start), _weights, weight, sum);
            informative += isInformative ? 1 : 0;
        }

        return best.Gain > floor ? best : default;
    }

    /// <summary>The next of a random order of the parameters, by R. Durstenfeld's shuffle, one step at a time.</summary>
    private int Draw(int drawn, ref RandomStream stream)
    {
        if (drawn == 0)
        {
            for (var j = 0; j < _parameters.Length; j++)
                _parameters[j] = j;
        }

        var other = drawn + stream.NextInt(_parameters.Length - drawn);
        (_parameters[drawn], _parameters[other]) = (_parameters[other], _parameters[drawn]);
        return _parameters[drawn];
    }

    /// <summary>Splits a node and parts the rows of all columns; returns the left child.</summary>
    private int Part(ForestNodes nodes, int node, in Split split, int start, int end, ref RandomStream stream, out int middle)
    {
        var (n, d) = (_data.Count, _parameters.Length);
        var rows = _order.AsSpan((d * n) + start, end - start);
        var values = _data.Columns.AsSpan(split.Parameter * n, n);
        int left;
        if (_data.Features.Categories[split.Parameter] > 0)
        {
            left = nodes.SplitChoice(node, split.Parameter, LeftSet(split, rows, ref stream));
        }
        else
        {
            var share = stream.NextOpenDouble();
            var threshold = double.IsPositiveInfinity(split.Above) ? double.PositiveInfinity
                : Math.Clamp(split.Below + (share * (split.Above - split.Below)), split.Below, Math.BitDecrement(split.Above));
            var inactiveLeft = split.HasInactive ? split.InactiveLeft : stream.NextInt(2) == 0;
            left = nodes.SplitNumber(node, split.Parameter, threshold, inactiveLeft);
        }

        foreach (var row in rows)
            _goesLeft[row] = nodes.GoesLeft(node, split.Parameter, values[row]);
        middle = start;
        for (var j = 0; j <= d; j++)
        {
            if (j == d || _data.Features.Categories[j] == 0)
                middle = start + PartColumn(_order.AsSpan((j * n) + start, end - start));
        }

        return left;
    }

    private int PartColumn(Span<int> column)
    {
        var (left, right) = (0, 0);
        foreach (var row in column)
        {
            // Both writes always happen: no branch to be predicted wrongly.
            column[left] = row;
            _spare[right] = row;
            var goesLeft = _goesLeft[row] ? 1 : 0;
            left += goesLeft;
            right += 1 - goesLeft;
        }

        _spare.AsSpan(0, right).CopyTo(column[left..]);
        return left;
    }

    private ReadOnlySpan<ulong> LeftSet(in Split split, ReadOnlySpan<int> rows, ref RandomStream stream)
    {
        var set = _set.AsSpan(0, (_data.Features.Categories[split.Parameter] + 63) / 64);
        for (var word = 0; word < set.Length; word++)
            set[word] = stream.NextUInt64();
        var present = _search.Rank(split.Parameter, rows, _weights);
        for (var k = 0; k < present.Length; k++)
        {
            var bit = 1UL << (present[k] & 63);
            set[present[k] >> 6] = k < split.Choices ? set[present[k] >> 6] | bit : set[present[k] >> 6] & ~bit;
        }

        return set;
    }
}
