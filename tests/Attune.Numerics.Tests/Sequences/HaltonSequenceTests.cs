namespace Attune.Numerics.Tests.Sequences;

public sealed class HaltonSequenceTests
{
    [Fact]
    public void GetPoint_Plain_GivesRadicalInverses()
    {
        var sequence = new HaltonSequence(3);
        double[] point = new double[3];
        sequence.GetPoint(0, point);
        Assert.Equal([0.0, 0.0, 0.0], point);
        sequence.GetPoint(1, point);
        Assert.Equal([1 / 2.0, 1 / 3.0, 1 / 5.0], point);
        sequence.GetPoint(6, point);
        Assert.Equal([3 / 8.0, 2 / 9.0, 6 / 25.0], point);
        sequence.GetPoint(1234, point);
        // 1234 = 10011010010₂ = 1200201₃ = 14414₅.
        Assert.Equal(Reversed("01001011001", 2), point[0]);
        Assert.Equal(Reversed("1020021", 3), point[1]);
        Assert.Equal(Reversed("41441", 5), point[2]);
    }

    private static double Reversed(string digits, int radix)
    {
        double numerator = 0;
        foreach (char digit in digits)
            numerator = numerator * radix + (digit - '0');
        return numerator / Math.Pow(radix, digits.Length);
    }

    // The base of dimension d shows in point 1, whose coordinate is its inverse; the 1000th prime is 7919, the 10,000th 104729.
    [Fact]
    public void GetPoint_ManyDimensions_UsesThePrimesInOrder()
    {
        double[] point = new double[HaltonSequence.MaxDimensions];
        new HaltonSequence(HaltonSequence.MaxDimensions).GetPoint(1, point);
        Assert.Equal(1.0 / 7919, point[999]);
        Assert.Equal(1.0 / 104729, point[9999]);
        Assert.Equal([2.0, 3, 5, 7, 11, 13], point[..6].Select(x => Math.Round(1 / x)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GetPoint_BlocksOfPowersOfTheBase_PutOnePointInEachInterval(bool scrambled)
    {
        HaltonSequence sequence = scrambled ? new HaltonSequence(6, RandomKey.FromSeed(4)) : new HaltonSequence(6);
        double[] point = new double[6];
        int[] primes = [2, 3, 5, 7, 11, 13];
        for (int d = 0; d < 6; d++)
        {
            int cells = primes[d] * primes[d] * primes[d];
            bool[] taken = new bool[cells];
            for (int i = 0; i < cells; i++)
            {
                sequence.GetPoint(7 * cells + i, point);
                int cell = (int)(point[d] * cells + (scrambled ? 0 : 1e-9));
                Assert.False(taken[cell]);
                taken[cell] = true;
            }
        }
    }

    // Plain Halton points of dimensions 59 and 60 (bases 277 and 281) lie on a few lines: their correlation over 250 points is nearly one.
    [Fact]
    public void GetPoint_HighBases_AreCorrelatedPlainAndNotScrambled()
    {
        Assert.True(Correlation(new HaltonSequence(60)) > 0.8);
        Assert.InRange(Correlation(new HaltonSequence(60, RandomKey.FromSeed(5))), -0.3, 0.3);

        static double Correlation(HaltonSequence sequence)
        {
            double[] point = new double[60];
            double sum = 0;
            for (int i = 0; i < 250; i++)
            {
                sequence.GetPoint(i, point);
                sum += 12 * (point[58] - 0.5) * (point[59] - 0.5) / 250;
            }

            return sum;
        }
    }
}
