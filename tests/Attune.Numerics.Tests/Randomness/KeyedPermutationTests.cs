namespace Attune.Numerics.Tests.Randomness;

public sealed class KeyedPermutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(65537)]
    public void Indexer_AllIndices_GiveEachElementOnce(int count)
    {
        var permutation = new KeyedPermutation(RandomKey.FromSeed(1), count);
        bool[] seen = new bool[count];
        for (int i = 0; i < count; i++)
        {
            int element = (int)permutation[i];
            Assert.False(seen[element]);
            seen[element] = true;
        }
    }

    [Fact]
    public void Indexer_ManyKeysOfFourElements_GiveEachOrderEquallyOften()
    {
        const int draws = 48_000;
        var counts = new Dictionary<(long, long, long), int>();
        for (uint i = 0; i < draws; i++)
        {
            var permutation = new KeyedPermutation(RandomKey.FromSeed(2).Derive(0, i, 0), 4);
            var order = (permutation[0], permutation[1], permutation[2]);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // 24 orders: Pearson's statistic has mean 23 and deviation 6.8.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(c => Math.Pow(c - draws / 24, 2) / (draws / 24)), 0, 23 + 5 * 6.8);
    }

    [Fact]
    public void Indexer_ManyElements_HasAsManyAscentsAndFixedPointsAsARandomOrder()
    {
        // Ascents of neighbours: mean (n - 1)/2, variance (n + 1)/12. Fixed points: Poisson with mean 1 for each key.
        const int count = 5_000, keys = 20;
        int ascents = 0, fixedPoints = 0;
        for (uint k = 0; k < keys; k++)
        {
            var permutation = new KeyedPermutation(RandomKey.FromSeed(3).Derive(0, k, 0), count);
            long previous = permutation[0];
            fixedPoints += previous == 0 ? 1 : 0;
            for (int i = 1; i < count; i++)
            {
                long element = permutation[i];
                ascents += element > previous ? 1 : 0;
                fixedPoints += element == i ? 1 : 0;
                previous = element;
            }
        }

        double deviation = Math.Sqrt(keys * (count + 1) / 12.0);
        Assert.InRange(ascents, keys * (count - 1) / 2.0 - 5 * deviation, keys * (count - 1) / 2.0 + 5 * deviation);
        Assert.InRange(fixedPoints, 3, 45);
    }

    [Fact]
    public void Constructor_NoElements_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new KeyedPermutation(RandomKey.FromSeed(0), 0));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Indexer_OutsideThePermutation_IsRefused(long place) =>
        Assert.Throws<ArgumentOutOfRangeException>("index", () => new KeyedPermutation(RandomKey.FromSeed(0), 5)[place]);
}
