using Attune.Algorithms.Samplers;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Samplers.Bayesian;

public sealed class RankSampleTests
{
    [Fact]
    public void Of_ManyLosses_HoldsTheBestTheWorstAndEvenStepsOfRankBetween()
    {
        var stream = RandomKey.FromSeed(5).CreateStream();
        var losses = new double[101];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = Math.Exp(3 * stream.NextNormal());

        var sample = RankSample.Of(losses, 11);

        var ranked = losses.Order().ToArray();
        Assert.Equal(sample.Order(), sample);
        Assert.Equal(Enumerable.Range(0, 11).Select(k => ranked[10 * k]), sample.Select(i => losses[i]).Order());
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(7, 5)]
    [InlineData(7, 7)]
    [InlineData(1_000, 999)]
    public void Of_AnyCount_GivesSoManyDifferentTrials(int trials, int count)
    {
        double[] losses = [.. Enumerable.Range(0, trials).Select(i => (double)(i * 37 % trials))];

        var sample = RankSample.Of(losses, count);

        Assert.Equal(count, sample.Distinct().Count());
        Assert.Contains(Array.IndexOf(losses, losses.Min()), sample);
        Assert.Contains(Array.IndexOf(losses, losses.Max()), sample);
    }

    [Fact]
    public void Of_Ties_PrefersTheEarlierTrial() => Assert.Equal([0, 2, 5], RankSample.Of([1, 1, 1, 1, 1, 1], 3));

    [Fact]
    public void Of_InfiniteLosses_CountsThemAsTheWorst() =>
        Assert.Equal([1, 3, 4], RankSample.Of([double.PositiveInfinity, -1e300, 3, 1e300, double.PositiveInfinity], 3));
}
