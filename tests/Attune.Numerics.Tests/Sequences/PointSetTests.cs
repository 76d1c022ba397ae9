namespace Attune.Numerics.Tests.Sequences;

/// <summary>What every point set promises.</summary>
public sealed class PointSetTests
{
    public static TheoryData<string> Names => ["sobol", "sobol-scrambled", "halton", "halton-scrambled", "latin"];

    private static IPointSet Make(string name, int dimensions, ulong seed) => name switch
    {
        "sobol" => new SobolSequence(dimensions),
        "sobol-scrambled" => new SobolSequence(dimensions, RandomKey.FromSeed(seed)),
        "halton" => new HaltonSequence(dimensions),
        "halton-scrambled" => new HaltonSequence(dimensions, RandomKey.FromSeed(seed)),
        _ => new LatinHypercube(500, dimensions, RandomKey.FromSeed(seed)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void GetPoint_AnyOrderAndAnyNumberOfDimensions_GivesTheSamePoint(string name)
    {
        double[] first = new double[40], again = new double[40], few = new double[3];
        IPointSet forward = Make(name, 40, 7), backward = Make(name, 40, 7), narrow = Make(name, 3, 7);
        var points = new double[300][];
        for (int i = 0; i < points.Length; i++)
        {
            forward.GetPoint(i, first);
            points[i] = [.. first];
        }

        for (int i = points.Length - 1; i >= 0; i--)
        {
            backward.GetPoint(i, again);
            narrow.GetPoint(i, few);
            Assert.Equal(points[i], again);
            Assert.Equal(points[i][..3], few);
            Assert.All(again, x => Assert.True(x is >= 0 and < 1));
        }
    }

    [Theory]
    [InlineData("sobol-scrambled")]
    [InlineData("halton-scrambled")]
    [InlineData("latin")]
    public void GetPoint_ManyKeys_IsUniformAndUncorrelatedBetweenDimensions(string name)
    {
        // One fixed point of 2,500 sets: its coordinates must be uniform (10 cells, deviation √18) and pairs uncorrelated.
        const int sets = 2_500;
        double[] point = new double[4];
        int[,] counts = new int[4, 10];
        double correlation = 0, neighbours = 0;
        for (ulong seed = 0; seed < sets; seed++)
        {
            Make(name, 4, seed).GetPoint(37, point);
            for (int d = 0; d < 4; d++)
                counts[d, (int)(point[d] * 10)]++;
            correlation += 12 * (point[0] - 0.5) * (point[3] - 0.5);
            neighbours += 12 * (point[1] - 0.5) * (point[2] - 0.5);
        }

        for (int d = 0; d < 4; d++)
        {
            double statistic = Enumerable.Range(0, 10).Sum(c => Math.Pow(counts[d, c] - sets / 10.0, 2) / (sets / 10.0));
            Assert.InRange(statistic, 0, 9 + 5 * Math.Sqrt(18));
        }

        Assert.InRange(correlation / Math.Sqrt(sets), -4.5, 4.5);
        Assert.InRange(neighbours / Math.Sqrt(sets), -4.5, 4.5);
    }

    [Theory]
    [InlineData("sobol-scrambled", -2.4)]
    [InlineData("halton-scrambled", -1.5)]
    public void GetPoint_MeanOfASmoothFunction_HasAVarianceThatFallsFasterThanMonteCarlo(string name, double slope)
    {
        double few = Variance(name, 64), many = Variance(name, 1024);
        Assert.True(Math.Log(many / few) / Math.Log(1024.0 / 64) < slope, FormattableString.Invariant($"{few} to {many}"));

        // Monte Carlo: the variance of the product of (1/2 + x)², each factor of mean 13/12, over n.
        double second = Math.Pow((Math.Pow(1.5, 5) - Math.Pow(0.5, 5)) / 5, 3), mean = Math.Pow(13.0 / 12, 6);
        Assert.True(many < (second - mean) / 1024 / 100);
    }

    private static double Variance(string name, int points)
    {
        const int replicates = 30;
        double[] point = new double[3];
        double sum = 0;
        for (ulong seed = 0; seed < replicates; seed++)
        {
            IPointSet set = Make(name, 3, 1000 + seed);
            double mean = 0;
            for (int i = 0; i < points; i++)
            {
                set.GetPoint(i, point);
                mean += Math.Pow((0.5 + point[0]) * (0.5 + point[1]) * (0.5 + point[2]), 2) / points;
            }

            sum += Math.Pow(mean - Math.Pow(13.0 / 12, 3), 2);
        }

        return sum / replicates;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GetPoint_WrongArguments_AreRefused(string name)
    {
        IPointSet set = Make(name, 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => set.GetPoint(-1, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => set.GetPoint(set.Count, new double[2]));
        Assert.Throws<ArgumentException>("point", () => set.GetPoint(0, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => Make(name, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GetPoint_AfterWarmUp_AllocatesNothing(string name)
    {
        IPointSet set = Make(name, 10, 1);
        double[] point = new double[10];
        set.GetPoint(1, point);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
            set.GetPoint(i, point);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
