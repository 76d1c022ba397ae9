using Attune.Algorithms.Samplers;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Samplers.Parzen;

public sealed class FrontSelectionTests
{
    [Fact]
    public void Select_SeveralFronts_TakesTheFirstOnesWhole()
    {
        double[][] losses = [[3, 3], [0, 2], [2, 0], [1, 1], [2, 2], [4, 4], [1, 3]];
        Assert.Equal([1, 2, 3], FrontSelection.Select(losses, 3).Order());
        Assert.Equal([1, 2, 3, 4, 6], FrontSelection.Select(losses, 5).Order());
        Assert.Equal(Enumerable.Range(0, 7), FrontSelection.Select(losses, 10).Order());
    }

    [Fact]
    public void Select_PartOfAFront_TakesWhatAddsMostToTheHypervolume()
    {
        // Within the box up to 1.1: the middle dominates 0.36; then 0.75 adds 0.35 · 0.25, 0.02 adds 0.48 · 0.12, and 1 adds 0.1 · 0.25.
        double[] places = [0, 0.02, 0.5, 0.75, 1];
        double[][] losses = [.. places.Select(place => new[] { place, 1000 * (1 - place) })];
        Assert.Equal([2], FrontSelection.Select(losses, 1));
        Assert.Equal([2, 3, 1, 4], FrontSelection.Select(losses, 4));
    }

    [Fact]
    public void Select_RandomFronts_DominatesNearlyAsMuchAsTheExactGreedyChoice()
    {
        var stream = RandomKey.FromSeed(3).CreateStream();
        for (var round = 0; round < 20; round++)
        {
            var losses = new double[30][];
            for (var k = 0; k < losses.Length; k++)
            {
                var angle = Math.PI / 2 * stream.NextDouble();
                losses[k] = [1 - Math.Cos(angle), 1 - Math.Sin(angle)];
            }

            var exact = new List<int>();
            while (exact.Count < 6)
                exact.Add(Enumerable.Range(0, losses.Length).MaxBy(k => Hypervolume(losses, [.. exact, k])));
            var found = Hypervolume(losses, FrontSelection.Select(losses, 6));
            Assert.InRange(found, 0.97 * Hypervolume(losses, exact), 1.03 * Hypervolume(losses, exact));
        }
    }

    [Fact]
    public void Select_HugeAndEqualLosses_TakesAsManyAsAreWanted()
    {
        double[][] losses = [[double.MaxValue, -double.MaxValue], [-double.MaxValue, double.MaxValue], [0, 0], [0, 0], [0, 0]];
        for (var wanted = 1; wanted <= 5; wanted++)
            Assert.Equal(wanted, FrontSelection.Select(losses, wanted).Distinct().Count());
    }

    /// <summary>The area up to a tenth of the front's range beyond its worst, by sweeping over the first objective.</summary>
    private static double Hypervolume(double[][] losses, IReadOnlyList<int> members)
    {
        double Reference(int i) => losses.Min(loss => loss[i]) + (1.1 * (losses.Max(loss => loss[i]) - losses.Min(loss => loss[i])));
        var (right, top, area) = (Reference(0), Reference(1), 0.0);
        foreach (var member in members.OrderBy(k => losses[k][0]))
        {
            area += (right - losses[member][0]) * Math.Max(0, top - losses[member][1]);
            top = Math.Min(top, losses[member][1]);
        }

        return area;
    }
}
