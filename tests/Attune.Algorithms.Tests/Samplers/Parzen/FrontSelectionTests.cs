using Attune.Algorithms.Samplers;

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
    public void Select_PartOfAFront_TakesTheEndsAndThenWhatIsFarthest()
    {
        // A line from (0, 1) to (1, 0), crowded at its beginning; the second objective is in units a thousand times larger.
        double[] places = [0, 0.01, 0.02, 0.03, 0.04, 0.5, 0.75, 1];
        double[][] losses = [.. places.Select(place => new[] { place, 1000 * (1 - place) })];
        Assert.Equal([0, 7], FrontSelection.Select(losses, 2));
        Assert.Equal([0, 7, 5], FrontSelection.Select(losses, 3));
        Assert.Equal([0, 5, 6, 7], FrontSelection.Select(losses, 4).Order());
    }

    [Fact]
    public void Select_HugeAndEqualLosses_TakesAsManyAsAreWanted()
    {
        double[][] losses = [[double.MaxValue, -double.MaxValue], [-double.MaxValue, double.MaxValue], [0, 0], [0, 0], [0, 0]];
        for (var wanted = 1; wanted <= 5; wanted++)
            Assert.Equal(wanted, FrontSelection.Select(losses, wanted).Distinct().Count());
    }
}
