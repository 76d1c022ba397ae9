using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Surrogates.Forest;

public sealed class RandomForestTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);

    [Fact]
    public void Predict_EveryPoint_HasTheMomentsOfTheMixtureOfItsLeaves()
    {
        // A forest's prediction is a mixture: a tree drawn evenly, then a measurement drawn from the leaf. Its variance, computed from the
        // measurements themselves, must be within + between (T − 1)/T: the law of total variance.
        var space = TestSpaces.Conditional();
        var (points, targets) = RandomData.Draw(space, 40, 3);
        var repeated = points.Concat(points.Take(10)).ToArray();
        double[] measured = [.. targets, .. targets.Take(10).Select(target => target + 0.5)];
        var (forest, bags) = Grow(space, repeated, measured, new() { Trees = 20, LeastLeaf = 4 });
        var (fresh, _) = RandomData.Draw(space, 30, 4);
        var rows = forest.Data.Features.Rows(new(space, fresh));
        var (means, between, within) = (new double[30], new double[30], new double[30]);
        forest.Predict(rows, means, between, within);
        var trained = forest.Data.Features.Rows(new(space, repeated));
        for (var i = 0; i < fresh.Length; i++)
        {
            var mixture = new List<(double Weight, double Value)>();
            for (var tree = 0; tree < forest.Trees; tree++)
            {
                var leaf = LeafOf(forest, tree, rows, i);
                var members = Enumerable.Range(0, repeated.Length)
                    .Where(row => LeafOf(forest, tree, trained, row) == leaf && bags[tree][Row(row)] > 0).ToArray();
                var total = members.Sum(row => bags[tree][Row(row)]);
                mixture.AddRange(members.Select(row => ((double)bags[tree][Row(row)] / total / forest.Trees, measured[row])));
            }

            var mean = mixture.Sum(part => part.Weight * part.Value);
            var variance = mixture.Sum(part => part.Weight * (part.Value - mean) * (part.Value - mean));
            Assert.Equal(mean, means[i], 1e-12);
            Assert.Equal(variance, within[i] + (between[i] * (forest.Trees - 1) / forest.Trees), 1e-11);
        }

        // The first 40 points differ, so rows are numbered as they are; the last 10 repeat the first ones.
        static int Row(int point) => point % 40;
    }

    [Fact]
    public void Grow_TwoGroupsOfTargets_LeavesHoldWhatTheBootstrapDrewFromEach()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        double[] places = [0.05, 0.1, 0.15, 0.85, 0.9, 0.95];
        double[] targets = [1, 1.2, 1.4, 7, 7.2, 7.4];
        var points = places.Select(x => space.Configure([new("x", ParameterValue.Of(x))])).ToArray();
        var (forest, bags) = Grow(space, points, targets, new() { Trees = 50, LeastLeaf = 2 });
        var rows = forest.Data.Features.Rows(new(space, points));
        var checkedTrees = 0;
        for (var tree = 0; tree < forest.Trees; tree++)
        {
            var bag = bags[tree];

            // Two draws in the first group and at least two in the second: the split between the groups is the only one left of there.
            if (bag[0] + bag[1] + bag[2] is < 2 or > 3 || bag[3] + bag[4] + bag[5] < 2)
                continue;
            var drawn = bag[0] + bag[1] + bag[2];
            var mean = ((bag[0] * 1.0) + (bag[1] * 1.2) + (bag[2] * 1.4)) / drawn;
            var square = ((bag[0] * 1.0) + (bag[1] * 1.44) + (bag[2] * 1.96)) / drawn;
            var leaf = LeafOf(forest, tree, rows, 0);
            Assert.Equal(mean, forest.Nodes.Means[leaf], 1e-12);
            Assert.Equal(square - (mean * mean), forest.Nodes.Variances[leaf], 1e-12);
            checkedTrees++;
        }

        Assert.True(checkedTrees > 20, $"only {checkedTrees} trees were checked.");
    }

    [Fact]
    public void PredictOutOfBag_EveryRow_AsksOnlyTreesThatHaveNotSeenIt()
    {
        var space = TestSpaces.Mixed();
        var (points, targets) = RandomData.Draw(space, 50, 5);
        var (forest, bags) = Grow(space, points, targets, new() { Trees = 60 });
        var rows = forest.Data.Features.Rows(new(space, points));
        var (counts, means, between, within) = (new int[50], new double[50], new double[50], new double[50]);
        forest.PredictOutOfBag(counts, means, between, within);
        for (var row = 0; row < 50; row++)
        {
            var unseen = Enumerable.Range(0, 60).Where(tree => bags[tree][row] == 0)
                .Select(tree => forest.Nodes.Means[LeafOf(forest, tree, rows, row)]).ToArray();
            Assert.Equal(unseen.Length, counts[row]);
            Assert.Equal(unseen.Average(), means[row], 1e-12);
            Assert.Equal(unseen.Sum(mean => Math.Pow(mean - unseen.Average(), 2)) / (unseen.Length - 1), between[row], 1e-11);
        }
    }

    [Fact]
    public void Grow_MoreTrees_LeavesTheFirstOnesAsTheyAre()
    {
        var space = TestSpaces.Conditional();
        var (points, targets) = RandomData.Draw(space, 60, 6);
        var (small, _) = Grow(space, points, targets, new() { Trees = 5 });
        var (large, _) = Grow(space, points, targets, new() { Trees = 9 });
        var rows = small.Data.Features.Rows(new(space, points));
        for (var row = 0; row < points.Length; row++)
        {
            for (var tree = 0; tree < 5; tree++)
                Assert.Equal(LeafOf(small, tree, rows, row), LeafOf(large, tree, rows, row));
        }
    }

    [Fact]
    public void Grow_LeastLeaf_IsKeptByEveryLeaf()
    {
        var space = TestSpaces.Conditional();
        var (points, targets) = RandomData.Draw(space, 80, 8);
        var (forest, bags) = Grow(space, points, targets, new() { Trees = 10, LeastLeaf = 6 });
        var rows = forest.Data.Features.Rows(new(space, points));
        for (var tree = 0; tree < forest.Trees; tree++)
        {
            var leaves = Enumerable.Range(0, 80).GroupBy(row => LeafOf(forest, tree, rows, row));
            Assert.All(leaves, leaf => Assert.True(leaf.Sum(row => bags[tree][row]) >= 6));
            Assert.True(leaves.Count() > 3);
        }
    }

    private static (RandomForest Forest, int[][] Bags) Grow(
        SearchSpace space, Configuration[] points, double[] targets, RandomForestOptions options)
    {
        var features = new ForestFeatures(space);
        var data = new ForestData(features, features.Rows(new(space, points)), targets);
        var forest = RandomForest.Grow(data, options, Key);

        // The bootstrap counts once more, by the same streams.
        var bags = new int[options.Trees][];
        for (var tree = 0; tree < bags.Length; tree++)
        {
            var stream = Key.Derive(0, (ulong)tree, RandomKey.Purpose("tree")).CreateStream();
            bags[tree] = new int[data.Count];
            for (var i = 0; i < data.Count; i++)
                bags[tree][stream.NextInt(data.Count)]++;
            for (var row = 0; row < data.Count; row++)
                Assert.Equal(bags[tree][row] == 0, forest.IsOutOfBag(tree, row));
        }

        return (forest, bags);
    }

    private static int LeafOf(RandomForest forest, int tree, double[] rows, int row)
    {
        var d = forest.Data.Features.Dimensions;
        return forest.Nodes.Leaf(forest.Roots[tree], rows.AsSpan(row * d, d));
    }
}
