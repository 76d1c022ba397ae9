using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates.Forest;

public sealed class SplitSearchTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Categorical("kind", ["a", "b", "c", "d", "e"])
        .Float("x", 0, 1)
        .Int("n", 1, 6)
        .Float("momentum", 0, 1, when: "kind in ['a', 'b', 'c']")
        .Categorical("extra", ["p", "q"], when: "kind != 'a'")
        .Build();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 7)]
    public void NumberAndChoice_RandomData_FindTheBestOfAllSplits(ulong seed, int leastLeaf)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        for (var round = 0; round < 25; round++)
        {
            var (data, weights) = Draw(ref stream, 18);
            var search = new SplitSearch(data, leastLeaf);
            var all = Enumerable.Range(0, data.Count).ToArray();
            var (weight, sum) = (weights.Sum(), all.Sum(row => weights[row] * data.Means[row]));
            for (var parameter = 0; parameter < Space.Dimensions; parameter++)
            {
                // That some prefix is the best subset is a theorem only where leaves may be of any size.
                var split = default(Split);
                if (data.Features.Categories[parameter] > 0 && leastLeaf > 1)
                    continue;
                if (data.Features.Categories[parameter] > 0)
                    search.Choice(ref split, parameter, all, weights, weight, sum);
                else
                    search.Number(ref split, parameter, data.Order.AsSpan(parameter * data.Count, data.Count), weights, weight, sum);
                Assert.Equal(BruteForce(data, weights, parameter, leastLeaf), split.Gain, 1e-9);
            }
        }
    }

    [Fact]
    public void Number_StepWithInactivePlaces_SplitsAtTheStepAndSendsThemToTheirLike()
    {
        var space = new SearchSpaceBuilder().Boolean("on").Float("x", 0, 1, when: "on").Build();
        Configuration Point(double? x) => space.Configure(x is { } value
            ? [new("on", ParameterValue.Of(true)), new("x", ParameterValue.Of(value))] : [new("on", ParameterValue.Of(false))]);
        var points = new[] { Point(0.1), Point(0.2), Point(0.7), Point(0.9), Point(null) };
        var data = Make(space, points, [1, 1.1, 5, 5.1, 5.05]);
        var split = default(Split);
        double[] weights = [1, 1, 1, 1, 1];
        Assert.True(new SplitSearch(data, 1).Number(ref split, 1, data.Order.AsSpan(data.Count), weights, 5, 17.25));
        Assert.Equal((0.2, 0.7, false, true), (split.Below, split.Above, split.InactiveLeft, split.HasInactive));
    }

    // The gain by its definition, over every threshold, every side of the inactive ones and every subset of the choices.
    private static double BruteForce(ForestData data, double[] weights, int parameter, int leastLeaf)
    {
        var values = data.Columns.AsSpan(parameter * data.Count, data.Count).ToArray();
        var sides = new List<Func<double, bool>>();
        if (data.Features.Categories[parameter] is > 0 and var categories)
        {
            for (var subset = 0; subset < 1 << categories; subset++)
            {
                var chosen = subset;
                sides.Add(value => (chosen >> (int)value & 1) != 0);
            }
        }
        else
        {
            foreach (var threshold in values.Where(value => !double.IsNaN(value)))
            {
                sides.Add(value => value <= threshold);
                sides.Add(value => double.IsNaN(value) || value <= threshold);
            }

            sides.Add(value => !double.IsNaN(value));
        }

        var rows = Enumerable.Range(0, data.Count).ToArray();
        var whole = Squares(rows);
        return sides.Max(side =>
        {
            var (left, right) = (rows.Where(row => side(values[row])).ToArray(), rows.Where(row => !side(values[row])).ToArray());
            var isAllowed = left.Sum(row => weights[row]) >= leastLeaf && right.Sum(row => weights[row]) >= leastLeaf;
            return isAllowed ? whole - Squares(left) - Squares(right) : 0;
        });

        double Squares(int[] part)
        {
            if (part.Length == 0)
                return 0;
            var mean = part.Sum(row => weights[row] * data.Means[row]) / part.Sum(row => weights[row]);
            return part.Sum(row => weights[row] * (data.Means[row] - mean) * (data.Means[row] - mean));
        }
    }

    private static (ForestData Data, double[] Weights) Draw(ref RandomStream stream, int count)
    {
        var (points, targets) = (new Configuration[count], new double[count]);
        for (var i = 0; i < count; i++)
            (points[i], targets[i]) = (Space.Sample(ref stream), stream.NextNormal());
        var data = Make(Space, points, targets);
        var weights = new double[data.Count];
        for (var row = 0; row < weights.Length; row++)
            weights[row] = 1 + stream.NextInt(3);
        return (data, weights);
    }

    private static ForestData Make(SearchSpace space, Configuration[] points, double[] targets)
    {
        var features = new ForestFeatures(space);
        return new(features, features.Rows(new(space, points)), targets);
    }
}
