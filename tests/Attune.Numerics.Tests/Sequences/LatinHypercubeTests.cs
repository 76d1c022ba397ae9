namespace Attune.Numerics.Tests.Sequences;

public sealed class LatinHypercubeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Fill_AnySize_PutsOnePointInEachSlice(int points)
    {
        const int dimensions = 6;
        double[] sample = new double[points * dimensions];
        LatinHypercube.Fill(RandomKey.FromSeed(3), points, dimensions, sample);
        for (int d = 0; d < dimensions; d++)
        {
            var slices = Enumerable.Range(0, points).Select(i => (int)(sample[i * dimensions + d] * points));
            Assert.Equal(Enumerable.Range(0, points), slices.Order());
        }
    }

    [Fact]
    public void Fill_AnySize_AgreesWithSinglePoints()
    {
        double[] sample = new double[50 * 3], point = new double[3];
        LatinHypercube.Fill(RandomKey.FromSeed(3), 50, 3, sample);
        new LatinHypercube(50, 3, RandomKey.FromSeed(3)).GetPoint(31, point);
        Assert.Equal(sample[93..96], point);
    }

    [Fact]
    public void Fill_ManySamples_PlacesPointsUniformlyInsideTheirSlices()
    {
        const int samples = 2000, points = 8;
        double[] sample = new double[points * 2];
        int[] counts = new int[10];
        for (ulong seed = 0; seed < samples; seed++)
        {
            LatinHypercube.Fill(RandomKey.FromSeed(seed), points, 2, sample);
            foreach (double x in sample)
                counts[(int)(x * points % 1 * 10)]++;
        }

        double expected = samples * points * 2 / 10.0;
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 0, 9 + 5 * Math.Sqrt(18));
    }

    // McKay, Beckman and Conover: for an additive function the variance of the mean is far below that of independent points.
    [Fact]
    public void Fill_AdditiveFunction_HasAMeanWithLittleVariance()
    {
        const int samples = 300, points = 20;
        double[] sample = new double[points * 3];
        double variance = 0;
        for (ulong seed = 0; seed < samples; seed++)
        {
            LatinHypercube.Fill(RandomKey.FromSeed(seed), points, 3, sample);
            variance += Math.Pow(sample.Sum() / points - 1.5, 2) / samples;
        }

        // Independent points: 3/12/20 = 0.0125; one point a slice: that over 20².
        Assert.InRange(variance, 0.0125 / 400 * 0.6, 0.0125 / 400 * 1.4);
    }

    [Fact]
    public void Fill_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("points", () => LatinHypercube.Fill(RandomKey.FromSeed(0), 0, 1, []));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => LatinHypercube.Fill(RandomKey.FromSeed(0), 1, 0, []));
        Assert.Throws<ArgumentException>("destination", () => LatinHypercube.Fill(RandomKey.FromSeed(0), 2, 2, new double[3]));
    }
}
