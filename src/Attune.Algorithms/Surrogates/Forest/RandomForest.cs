using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Trees and what they say, before any calibration: means, and variances by the law of total variance.</summary>
internal sealed class RandomForest
{
    private static readonly uint TreePurpose = RandomKey.Purpose("tree");

    private const int TrialTrees = 25;

    private static readonly int[] LeafSizes = [1, 3, 9];

    private readonly ForestNodes _nodes;
    private readonly int[] _roots;
    private readonly bool[] _outOfBag;

    private RandomForest(ForestData data, ForestNodes nodes, int[] roots, bool[] outOfBag) =>
        (Data, _nodes, _roots, _outOfBag) = (data, nodes, roots, outOfBag);

    internal ForestData Data { get; }

    /// <summary>The number of trees.</summary>
    internal int Trees => _roots.Length;

    /// <summary>For each parameter which share of the lessening of sums of squares its splits have.</summary>
    internal double[] Importances
    {
        get
        {
            var total = _nodes.Gains.Sum();
            return [.. _nodes.Gains.Select(gain => total > 0 ? gain / total : 1.0 / _nodes.Gains.Length)];
        }
    }

    internal ForestNodes Nodes => _nodes;

    internal ReadOnlySpan<int> Roots => _roots;

    /// <summary>Whether a tree has not seen a configuration.</summary>
    internal bool IsOutOfBag(int tree, int row) => _outOfBag[(tree * Data.Count) + row];

    /// <summary>Grows a forest.</summary>
    internal static RandomForest Grow(ForestData data, RandomForestOptions options, RandomKey key)
    {
        if (options.LeastLeaf is not null)
            return Grow(data, options, options.Trees, key);

        // All three are grown from the same bootstrap samples, so that chance does not decide.
        var trees = Math.Min(options.Trees, TrialTrees);
        var leaf = LeafSizes.Where(leaf => leaf == LeafSizes[0] || 4 * leaf <= data.Repeats.Sum())
            .MinBy(leaf => Grow(data, options with { LeastLeaf = leaf }, trees, key).OutOfBagError());
        return Grow(data, options with { LeastLeaf = leaf }, options.Trees, key);
    }

    private static RandomForest Grow(ForestData data, RandomForestOptions options, int trees, RandomKey key)
    {
        var n = data.Count;
        var nodes = new ForestNodes(data.Features.Categories, trees * Math.Max(1, n));
        var (grower, roots) = (new TreeGrower(data, options), new int[trees]);
        var (counts, outOfBag) = (new int[n], new bool[trees * n]);
        for (var tree = 0; tree < trees; tree++)
        {
            // A stream for each tree, so that more trees leave the first ones as they are.
            var stream = key.Derive(0, (ulong)tree, TreePurpose).CreateStream();
            roots[tree] = grower.Grow(nodes, ref stream, counts);
            for (var g = 0; g < n; g++)
                outOfBag[(tree * n) + g] = counts[g] == 0;
        }

        return new(data, nodes, roots, outOfBag);
    }

    /// <summary>Predicts by all trees.</summary>
    /// <param name="rows">m rows of features.</param>
    /// <param name="means">Receives m means over trees of the mean of the leaf.</param>
    /// <param name="between">Receives m variances between trees of the mean of the leaf (the sum of squares over the number of trees less
    /// one).</param>
    /// <param name="within">Receives m means over trees of the variance within the leaf.</param>
    internal void Predict(ReadOnlySpan<double> rows, Span<double> means, Span<double> between, Span<double> within)
    {
        var (m, d) = (means.Length, Data.Features.Dimensions);
        means.Clear();
        between.Clear();
        within.Clear();
        foreach (var root in _roots)
        {
            for (var i = 0; i < m; i++)
                Add(_nodes.Leaf(root, rows.Slice(i * d, d)), ref means[i], ref between[i], ref within[i]);
        }

        for (var i = 0; i < m; i++)
            Finish(_roots.Length, ref means[i], ref between[i], ref within[i]);
    }

    /// <summary>Predicts for the training configurations, each by the trees alone that have not seen it.</summary>
    /// <param name="counts">Receives how many trees have not seen each; with fewer than two the other results are not defined.</param>
    /// <param name="means">As for <see cref="Predict"/>.</param>
    /// <param name="between">As for <see cref="Predict"/>.</param>
    /// <param name="within">As for <see cref="Predict"/>.</param>
    internal void PredictOutOfBag(Span<int> counts, Span<double> means, Span<double> between, Span<double> within)
    {
        var (n, d) = (Data.Count, Data.Features.Dimensions);
        counts.Clear();
        means.Clear();
        between.Clear();
        within.Clear();
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            for (var g = 0; g < n; g++)
            {
                if (!_outOfBag[(tree * n) + g])
                    continue;
                counts[g]++;
                Add(_nodes.Leaf(_roots[tree], Data.Rows.AsSpan(g * d, d)), ref means[g], ref between[g], ref within[g]);
            }
        }

        for (var g = 0; g < n; g++)
            Finish(counts[g], ref means[g], ref between[g], ref within[g]);
    }

    /// <summary>The sum of squared errors on the measurements of configurations that at least two trees have not seen.</summary>
    private double OutOfBagError()
    {
        var n = Data.Count;
        var (counts, means) = (new int[n], new double[n]);
        PredictOutOfBag(counts, means, new double[n], new double[n]);
        var error = 0.0;
        for (var g = 0; g < n; g++)
            error += counts[g] < 2 ? 0 : Data.Repeats[g] * (Data.Means[g] - means[g]) * (Data.Means[g] - means[g]);
        return error;
    }

    private void Add(int leaf, ref double sum, ref double squares, ref double within)
    {
        var mean = _nodes.Means[leaf];
        sum += mean;
        squares += mean * mean;
        within += _nodes.Variances[leaf];
    }

    private static void Finish(int trees, ref double mean, ref double between, ref double within)
    {
        mean /= trees;
        between = Math.Max(0, (between / trees) - (mean * mean)) * trees / (trees - 1);
        within /= trees;
    }
}
