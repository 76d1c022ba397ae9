using System.Runtime.CompilerServices;

namespace Attune.Algorithms.Surrogates;

/// <summary>The nodes of all trees of a forest in flat arrays. The children of a node lie side by side.</summary>
internal sealed class ForestNodes
{
    private readonly int[] _categories;
    private int[] _parameter;
    private double[] _threshold;
    private int[] _left;
    private int[] _set;
    private bool[] _inactiveLeft;
    private double[] _mean;
    private double[] _variance;
    private ulong[] _sets = new ulong[64];
    private int _setWords;

    internal ForestNodes(int[] categories, int capacity)
    {
        _categories = categories;
        (_parameter, _threshold, _left, _set) = (new int[capacity], new double[capacity], new int[capacity], new int[capacity]);
        (_inactiveLeft, _mean, _variance) = (new bool[capacity], new double[capacity], new double[capacity]);
        Gains = new double[categories.Length];
    }

    /// <summary>For each parameter by how much its splits lessened sums of squares, over all trees.</summary>
    internal double[] Gains { get; }

    internal int Count { get; private set; }

    /// <summary>The parameter that a node splits on; −1 for a leaf.</summary>
    internal ReadOnlySpan<int> Parameters => _parameter.AsSpan(0, Count);

    /// <summary>The mean of a leaf's measurements.</summary>
    internal ReadOnlySpan<double> Means => _mean;

    /// <summary>The variance of a leaf's measurements about their mean (the sum of squares over their number).</summary>
    internal ReadOnlySpan<double> Variances => _variance;

    /// <summary>Adds nodes that are leaves without content as yet.</summary>
    internal int Add(int count)
    {
        var first = Count;
        Count += count;
        if (Count > _parameter.Length)
        {
            var capacity = 2 * Count;
            Array.Resize(ref _parameter, capacity);
            Array.Resize(ref _threshold, capacity);
            Array.Resize(ref _left, capacity);
            Array.Resize(ref _set, capacity);
            Array.Resize(ref _inactiveLeft, capacity);
            Array.Resize(ref _mean, capacity);
            Array.Resize(ref _variance, capacity);
        }

        _parameter.AsSpan(first, count).Fill(-1);
        return first;
    }

    internal void SetLeaf(int node, double mean, double variance) => (_mean[node], _variance[node]) = (mean, variance);

    /// <summary>Splits a node in two, a number going left when it is at most the threshold; returns the left child.</summary>
    internal int SplitNumber(int node, int parameter, double threshold, bool inactiveLeft)
    {
        var left = Add(2);
        (_parameter[node], _threshold[node], _inactiveLeft[node], _left[node]) = (parameter, threshold, inactiveLeft, left);
        return left;
    }

    /// <summary>Splits a node in two, the choices in the set going left; returns the left child.</summary>
    internal int SplitChoice(int node, int parameter, ReadOnlySpan<ulong> set)
    {
        var left = Add(2);
        if (_setWords + set.Length > _sets.Length)
            Array.Resize(ref _sets, 2 * (_setWords + set.Length));
        set.CopyTo(_sets.AsSpan(_setWords));
        (_parameter[node], _set[node], _left[node]) = (parameter, _setWords, left);
        _setWords += set.Length;
        return left;
    }

    /// <summary>The leaf of a tree in which a row of features lies.</summary>
    internal int Leaf(int root, ReadOnlySpan<double> row)
    {
        var node = root;
        for (var parameter = _parameter[node]; parameter >= 0; parameter = _parameter[node])
            node = _left[node] + (GoesLeft(node, parameter, row[parameter]) ? 0 : 1);
        return node;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool GoesLeft(int node, int parameter, double feature)
    {
        if (_categories[parameter] > 0)
        {
            var code = (int)feature;
            return (_sets[_set[node] + (code >> 6)] >> (code & 63) & 1) != 0;
        }

        // Comparisons with NaN are false: the second form sends inactive places left.
        return _inactiveLeft[node] ? !(feature > _threshold[node]) : feature <= _threshold[node];
    }
}
