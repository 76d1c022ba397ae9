namespace Attune.Numerics.Tests.Sequences;

public sealed class SobolSequenceTests
{
    // scipy 1.10.1, scipy.stats.qmc.Sobol(1111, scramble=False, bits=32): point 12345 times 2³². Its points come in Gray-code order.
    [Theory]
    [InlineData(1, 2752774144)]
    [InlineData(2, 3493593088)]
    [InlineData(3, 688652288)]
    [InlineData(10, 1845231616)]
    [InlineData(21, 855900160)]
    [InlineData(100, 2314469376)]
    [InlineData(500, 4057202688)]
    [InlineData(1000, 562823168)]
    [InlineData(1024, 2478571520)]
    [InlineData(1111, 1851523072)]
    public void GetPoint_PlainPointOfScipy_IsReproduced(int dimension, long expected)
    {
        double[] point = new double[SobolSequence.MaxDimensions];
        new SobolSequence(SobolSequence.MaxDimensions).GetPoint(12345 ^ (12345 >> 1), point);
        Assert.Equal(expected, (long)(point[dimension - 1] * (1L << 32)));
    }

    // The first points of dimensions 1 to 3 as printed in P. Bratley and B. Fox, Algorithm 659 (1988), in Gray-code order.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0.5, 0.5, 0.5)]
    [InlineData(2, 0.75, 0.25, 0.25)]
    [InlineData(3, 0.25, 0.75, 0.75)]
    [InlineData(4, 0.375, 0.375, 0.625)]
    [InlineData(5, 0.875, 0.875, 0.125)]
    [InlineData(6, 0.625, 0.125, 0.875)]
    [InlineData(7, 0.125, 0.625, 0.375)]
    public void GetPoint_FirstPoints_AreThePublishedOnes(int gray, double x, double y, double z)
    {
        double[] point = new double[3];
        new SobolSequence(3).GetPoint(gray ^ (gray >> 1), point);
        Assert.Equal([x, y, z], point);
    }

    [Fact]
    public void GetPoint_EveryDimension_PutsOnePointInEachInterval()
    {
        const int points = 256;
        var plain = new SobolSequence(SobolSequence.MaxDimensions);
        var scrambled = new SobolSequence(SobolSequence.MaxDimensions, RandomKey.FromSeed(1));
        foreach (SobolSequence sequence in (SobolSequence[])[plain, scrambled])
        {
            bool[,] taken = new bool[sequence.Dimensions, points];
            double[] point = new double[sequence.Dimensions];
            for (int i = 0; i < points; i++)
            {
                sequence.GetPoint(3 * points + i, point);
                for (int d = 0; d < point.Length; d++)
                {
                    int cell = (int)(point[d] * points);
                    Assert.False(taken[d, cell]);
                    taken[d, cell] = true;
                }
            }
        }
    }

    // The first two dimensions are a (0, 2)-sequence: each block of 2^m points is a (0, m, 2)-net, so each of the m + 1 shapes of
    // elementary intervals of volume 2^-m holds one point each; scrambling must keep that.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void GetPoint_TwoScrambledDimensions_StayANetWithoutDefect(ulong seed)
    {
        const int m = 10;
        var sequence = new SobolSequence(2, RandomKey.FromSeed(seed));
        double[] point = new double[2];
        for (int shape = 0; shape <= m; shape++)
        {
            bool[] taken = new bool[1 << m];
            for (int i = 0; i < 1 << m; i++)
            {
                sequence.GetPoint((5 << m) + i, point);
                int cell = ((int)(point[0] * (1 << shape)) << (m - shape)) | (int)(point[1] * (1 << (m - shape)));
                Assert.False(taken[cell]);
                taken[cell] = true;
            }
        }
    }

    // Nested: two coordinates that share exactly their first k digits still share exactly k afterwards.
    [Fact]
    public void GetPoint_Scrambled_KeepsTheNumberOfSharedLeadingDigits()
    {
        var plain = new SobolSequence(5);
        var scrambled = new SobolSequence(5, RandomKey.FromSeed(8));
        double[] a = new double[5], b = new double[5], sa = new double[5], sb = new double[5];
        RandomStream stream = RandomKey.FromSeed(9).CreateStream();
        for (int pair = 0; pair < 2000; pair++)
        {
            long i = stream.NextInt64(0, plain.Count - 1), j = i ^ (1L << stream.NextInt(32));
            plain.GetPoint(i, a);
            plain.GetPoint(j, b);
            scrambled.GetPoint(i, sa);
            scrambled.GetPoint(j, sb);
            for (int d = 0; d < 5; d++)
                Assert.Equal(SharedDigits(a[d], b[d]), SharedDigits(sa[d], sb[d]));
        }

        static int SharedDigits(double x, double y) =>
            System.Numerics.BitOperations.LeadingZeroCount((uint)(x * (1L << 32)) ^ (uint)(y * (1L << 32)));
    }

    // Flips at different nodes must be independent: over many keys the joint law of the first three digits of two points that part at the
    // first digit is uniform over the 4 × 4 values of the lower two digits of both.
    [Fact]
    public void GetPoint_ScrambledPointsOfDifferentHalves_AreFlippedIndependently()
    {
        const int keys = 32_000;
        double[] a = new double[1], b = new double[1];
        int[] counts = new int[16];
        for (ulong seed = 0; seed < keys; seed++)
        {
            var sequence = new SobolSequence(1, RandomKey.FromSeed(seed));
            sequence.GetPoint(0, a);
            sequence.GetPoint(1, b);
            counts[(((int)(a[0] * 8) & 3) << 2) | ((int)(b[0] * 8) & 3)]++;
        }

        Assert.InRange(counts.Sum(c => Math.Pow(c - keys / 16.0, 2) / (keys / 16.0)), 0, 15 + 5 * Math.Sqrt(30));
    }

    [Fact]
    public void Constructor_TooManyDimensions_NamesTheLimit()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new SobolSequence(SobolSequence.MaxDimensions + 1));
        Assert.Contains("from 1 to 1111", exception.Message, StringComparison.Ordinal);
    }
}
