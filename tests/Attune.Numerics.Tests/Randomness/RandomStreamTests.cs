namespace Attune.Numerics.Tests.Randomness;

public sealed class RandomStreamTests
{
    private static RandomStream Stream(ulong seed) => RandomKey.FromSeed(seed).CreateStream();

    [Fact]
    public void NextUInt64_Always_FollowsTheDocumentedBlocks()
    {
        RandomKey key = RandomKey.FromSeed(11);
        RandomStream stream = key.CreateStream();
        for (ulong block = 0; block < 5; block++)
        {
            var (low, high) = Philox4x32.Block(block, key.Low, key.High);
            Assert.Equal(low, stream.NextUInt64());
            Assert.Equal(high, stream.NextUInt64());
        }

        Assert.Equal(10UL, stream.Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    public void Constructor_WithPosition_ContinuesFromThere(int position)
    {
        RandomKey key = RandomKey.FromSeed(12);
        RandomStream whole = key.CreateStream();
        for (int i = 0; i < position; i++)
            whole.NextUInt64();
        var rest = new RandomStream(key, (ulong)position);
        for (int i = 0; i < 4; i++)
            Assert.Equal(whole.NextUInt64(), rest.NextUInt64());
        Assert.Equal(whole.Position, rest.Position);
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniform()
    {
        // Pearson's statistic over 1,000 cells: mean 999, deviation 44.7; 5 deviations bound it.
        const int cells = 1000, draws = 1_000_000;
        RandomStream stream = Stream(1);
        int[] counts = new int[cells];
        for (int i = 0; i < draws; i++)
        {
            double value = stream.NextDouble();
            Assert.True(value is >= 0 and < 1);
            counts[(int)(value * cells)]++;
        }

        Assert.InRange(counts.Sum(c => Math.Pow(c - draws / cells, 2) / (draws / cells)), 999 - 224, 999 + 224);
    }

    [Fact]
    public void NextOpenDouble_ManyDraws_AreOddMultiplesInsideTheInterval()
    {
        RandomStream stream = Stream(2);
        for (int i = 0; i < 100_000; i++)
        {
            double value = stream.NextOpenDouble();
            Assert.True(value is > 0 and < 1);
            Assert.Equal(1, (long)(value * (1L << 53)) & 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void NextInt_ManyDraws_AreUniform(int bound)
    {
        const int draws = 200_000;
        RandomStream stream = Stream((ulong)bound);
        int[] counts = new int[bound];
        for (int i = 0; i < draws; i++)
            counts[stream.NextInt(bound)]++;

        double expected = (double)draws / bound;
        double deviation = 5 * Math.Sqrt(2.0 * (bound - 1));
        double statistic = counts.Sum(c => (c - expected) * (c - expected) / expected);
        Assert.InRange(statistic, Math.Max(0, bound - 1 - deviation), bound - 1 + deviation);
    }

    [Fact]
    public void NextInt_BoundThatWouldShowModuloBias_IsUnbiased()
    {
        // With 3·2⁶¹ values, a product without rejection would favour some thirds; a third of 300,000 has deviation 258.
        const long bound = 3L << 61;
        RandomStream stream = Stream(9);
        int[] counts = new int[3];
        for (int i = 0; i < 300_000; i++)
            counts[stream.NextInt64(0, bound - 1) % 3]++;

        Assert.All(counts, c => Assert.InRange(c, 100_000 - 1290, 100_000 + 1290));
    }

    [Fact]
    public void NextInt64_ExtremeRanges_StayInside()
    {
        RandomStream stream = Stream(4);
        bool negative = false, positive = false;
        for (int i = 0; i < 100; i++)
        {
            long whole = stream.NextInt64(long.MinValue, long.MaxValue);
            negative |= whole < 0;
            positive |= whole > 0;
            Assert.Equal(5, stream.NextInt64(5, 5));
            Assert.InRange(stream.NextInt64(long.MinValue, long.MinValue + 2), long.MinValue, long.MinValue + 2);
        }

        Assert.True(negative && positive);
    }

    [Fact]
    public void NextInt_WrongBounds_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("maxExclusive", () => Stream(0).NextInt(0));
        Assert.Throws<ArgumentOutOfRangeException>("maxInclusive", () => Stream(0).NextInt64(1, 0));
    }

    [Fact]
    public void NextNormal_ManyDraws_HaveNormalMoments()
    {
        const int draws = 1_000_000;
        RandomStream stream = Stream(5);
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
        for (int i = 0; i < draws; i++)
        {
            double z = stream.NextNormal();
            m1 += z;
            m2 += z * z;
            m3 += z * z * z;
            m4 += z * z * z * z;
        }

        // The moments' deviations are √1, √2, √15 and √96 over √draws; 5 deviations bound them.
        Assert.InRange(m1 / draws, -0.005, 0.005);
        Assert.InRange(m2 / draws, 1 - 0.0071, 1 + 0.0071);
        Assert.InRange(m3 / draws, -0.0194, 0.0194);
        Assert.InRange(m4 / draws, 3 - 0.049, 3 + 0.049);
        Assert.Equal((ulong)draws, stream.Position);
    }

    [Fact]
    public void NextExponential_ManyDraws_HaveMeanAndTailOfTheExponential()
    {
        const int draws = 400_000;
        RandomStream stream = Stream(6);
        double sum = 0;
        int above = 0;
        for (int i = 0; i < draws; i++)
        {
            double value = stream.NextExponential();
            Assert.True(value > 0);
            sum += value;
            above += value > 2 ? 1 : 0;
        }

        Assert.InRange(sum / draws, 1 - 0.008, 1 + 0.008);
        Assert.InRange((double)above / draws, Math.Exp(-2) - 0.0028, Math.Exp(-2) + 0.0028);
    }

    [Fact]
    public void Permutation_ManyDraws_GiveEachOrderEquallyOften()
    {
        const int draws = 240_000;
        RandomStream stream = Stream(7);
        var counts = new Dictionary<string, int>();
        Span<int> order = stackalloc int[4];
        for (int i = 0; i < draws; i++)
        {
            stream.Permutation(order);
            string name = string.Concat(order.ToArray());
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        // 24 orders: Pearson's statistic has mean 23 and deviation 6.8.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(c => Math.Pow(c - draws / 24, 2) / (draws / 24)), 0, 23 + 5 * 6.8);
    }

    [Fact]
    public void Fill_OddStart_GivesWhatSingleDrawsGive()
    {
        RandomStream filled = Stream(8), single = Stream(8);
        Assert.Equal(single.NextUInt32(), filled.NextUInt32());
        double[] values = new double[101];
        filled.Fill(values);
        Assert.All(values, v => Assert.Equal(single.NextDouble(), v));
        Assert.Equal(single.NextUInt64(), filled.NextUInt64());
    }

    [Fact]
    public void Draws_AfterWarmUp_AllocateNothing()
    {
        RandomKey root = RandomKey.FromSeed(1);
        Span<double> buffer = stackalloc double[16];
        Span<int> order = stackalloc int[16];
        Draw(root, buffer, order);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Draw(root, buffer, order);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Draw(RandomKey root, Span<double> buffer, Span<int> order)
        {
            RandomStream stream = root.Derive(1, 2, RandomKey.Purpose("test")).CreateStream();
            stream.Fill(buffer);
            stream.Permutation(order);
            _ = stream.NextNormal() + stream.NextExponential() + stream.NextInt(5);
        }
    }
}
