using Attune.Algorithms.Acquisition;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Acquisition;

public sealed class MaxValueEntropySearchTests
{
    [Theory]
    [InlineData(0.4, 1, 0)]
    [InlineData(1.7, 0.5, 0.2)]
    [InlineData(-0.6, 1.3, 0)]
    [InlineData(3.1, 0.8, 0.2)]
    public void Value_OneDraw_IsTheLossOfEntropyByTruncation(double mean, double deviation, double minimum)
    {
        // H[N(μ, σ²)] − H[N(μ, σ²) above y*], the second by the midpoint rule.
        const double Step = 1e-4;
        var mass = NormalDistribution.Cdf((mean - minimum) / deviation);
        var entropy = 0.0;
        for (var z = ((minimum - mean) / deviation) + (Step / 2); z < 12; z += Step)
        {
            var density = NormalDistribution.Pdf(z) / mass;
            if (density > 0)
                entropy -= Step * density * Math.Log(density / deviation);
        }

        var expected = (0.5 * Math.Log(2 * Math.PI * Math.E * deviation * deviation)) - entropy;
        Assert.Equal(expected, Math.Exp(new MaxValueEntropySearch([minimum]).Value(mean, deviation)), 1e-5);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(7.999, 1)]
    [InlineData(8.4, 1)]
    [InlineData(30, 0.5)]
    [InlineData(-2, 0.7)]
    public void Value_Derivatives_AgreeWithFiniteDifferences(double mean, double deviation)
    {
        var function = new MaxValueEntropySearch([0, -0.3, 0.2]);
        var value = function.Value(mean, deviation, out var byMean, out var byDeviation);
        Assert.True(double.IsFinite(value));
        const double Step = 1e-5;
        Assert.Equal(
            (function.Value(mean + Step, deviation) - function.Value(mean - Step, deviation)) / (2 * Step),
            byMean, 1e-5 * Math.Max(1, Math.Abs(byMean)));
        Assert.Equal(
            (function.Value(mean, deviation + Step) - function.Value(mean, deviation - Step)) / (2 * Step),
            byDeviation, 1e-5 * Math.Max(1, Math.Abs(byDeviation)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.8)]
    public void Draw_IndependentNormals_HasTheQuartilesOfTheMinimumOfThoseThatCount(double feasible)
    {
        double[] means = [0, 0.2, 0.5, 1, 1.4], deviations = [0.3, 0.5, 0.2, 0.8, 0.05];
        var stream = RandomKey.FromSeed(6).CreateStream();
        var draws = MinimumSampler.Draw(
            means, deviations, feasible < 1 ? [.. means.Select(_ => Math.Log(feasible))] : [], 20_000, ref stream);
        var minima = new double[20_000];
        for (var k = 0; k < minima.Length; k++)
        {
            minima[k] = double.PositiveInfinity;
            for (var i = 0; i < means.Length; i++)
            {
                var loss = means[i] + (deviations[i] * stream.NextNormal());
                if (stream.NextDouble() < feasible)
                    minima[k] = Math.Min(minima[k], loss);
            }
        }

        Array.Sort(draws);
        Array.Sort(minima);
        foreach (var place in new[] { 5_000, 10_000, 15_000 })
            Assert.Equal(minima[place], draws[place], 0.06);
    }

    [Fact]
    public void Constructor_NoUsableDraw_IsRefused()
    {
        Assert.Throws<ArgumentException>("minima", () => new MaxValueEntropySearch([]));
        Assert.Throws<ArgumentException>("minima", () => new MaxValueEntropySearch([1, double.NaN]));
    }
}
