namespace Attune.Comparison.Tests;

public sealed class StatisticsTests
{
    // Demšar 2006, table 5(a): critical values of Nemenyi's test at 5 %, which are ranges divided by √2.
    [Theory]
    [InlineData(2, 1.960)]
    [InlineData(3, 2.343)]
    [InlineData(4, 2.569)]
    [InlineData(5, 2.728)]
    [InlineData(6, 2.850)]
    [InlineData(7, 2.949)]
    [InlineData(8, 3.031)]
    [InlineData(9, 3.102)]
    [InlineData(10, 3.164)]
    public void Critical_OfTheStudentizedRange_IsThePublishedValue(int methods, double published) =>
        Assert.Equal(published, StudentizedRange.Critical(0.05, methods) / Math.Sqrt(2), 0.001);

    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(5.991464547107979, 2, 0.05)]
    [InlineData(18.307038053275146, 10, 0.05)]
    [InlineData(23.209251158954356, 10, 0.01)]
    [InlineData(0.0157907740934312, 1, 0.9)]
    public void Tail_OfChiSquare_IsThePublishedValue(double x, int degrees, double published) =>
        Assert.Equal(published, ChiSquare.Tail(x, degrees), 1e-12);

    // Demšar 2006, §3.2.2 and table 6: C4.5 and three variants on 14 data sets; average ranks 3.143, 2.000, 2.893, 1.964, χ² = 9.28.
    [Fact]
    public void Friedman_OfDemsarsExample_GivesHisRanks()
    {
        double[][] areas =
        [
            [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967], [0.628, 0.661, 0.654, 0.657],
            [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931], [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625],
            [0.775, 0.838, 0.866, 0.875], [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
            [0.972, 0.981, 0.9751, 0.975], [0.957, 0.978, 0.946, 0.970],
        ];
        var test = FriedmanTest.Of([.. areas.Select(row => row.Select(area => -area).ToArray())]);
        Assert.Equal([3.143, 2.000, 2.893, 1.964], test.Ranks.Select(rank => Math.Round(rank, 3)));
        Assert.Equal(1.25, test.CriticalDifference, 0.01);
        Assert.InRange(test.PValue, ChiSquare.Tail(10.5, 3), ChiSquare.Tail(9.28, 3));
    }

    [Fact]
    public void Adjust_ByHolm_IsTheStepDownProcedure() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]), (left, right) => Math.Abs(left - right) < 1e-15);

    // By hand: of the 9 pairs, 8 are won; U has mean 4.5 and variance 9 · 7 / 12 = 5.25.
    [Fact]
    public void WinProbability_OfOneProblem_IsMannAndWhitneys()
    {
        var win = WinProbability.Of([([1, 2, 4], [3, 5, 6])]);
        Assert.Equal(8.0 / 9, win.Probability, 1e-15);
        Assert.Equal(2 * Numerics.NormalDistribution.Cdf(-3.5 / Math.Sqrt(5.25)), win.PValue, 1e-14);
    }

    [Fact]
    public void WinProbability_OfEqualRuns_IsOneHalfWithoutDoubt() => Assert.Equal(new(0.5, 1), WinProbability.Of([([1, 1], [1, 1])]));

    [Fact]
    public void WinProbability_UnderTheNullHypothesis_RejectsAsOftenAsItSays()
    {
        var random = Numerics.RandomKey.FromSeed(11).CreateStream();
        var rejections = 0;
        for (var i = 0; i < 2000; i++)
        {
            var problems = new (double[], double[])[4];
            for (var p = 0; p < problems.Length; p++)
                problems[p] = (Draw(), Draw());
            rejections += WinProbability.Of(problems).PValue < 0.05 ? 1 : 0;
        }

        // 100 are expected; the binomial's standard deviation is 9.7.
        Assert.InRange(rejections, 60, 140);

        double[] Draw()
        {
            var values = new double[8];
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextDouble();
            return values;
        }
    }

    [Fact]
    public void Interval_OfTheBootstrap_HasTheWidthOfTheNormalOne()
    {
        var random = Numerics.RandomKey.FromSeed(3).CreateStream();
        var values = new double[200];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextNormal();
        var (low, high) = Bootstrap.Interval([values]);
        Assert.InRange(values.Average(), low, high);
        Assert.Equal(2 * 1.96 / Math.Sqrt(200), high - low, 0.06);
    }

    [Fact]
    public void Hypervolume_OfBoxesByHand_IsTheirUnion()
    {
        Assert.Equal(0, Hypervolume.Of([]));
        Assert.Equal(0, Hypervolume.Of([[1, 0]]));
        Assert.Equal(0.25, Hypervolume.Of([[0.5, 0.5]]), 1e-15);
        Assert.Equal((0.8 * 0.2) + (0.5 * 0.3), Hypervolume.Of([[0.2, 0.8], [0.5, 0.5]]), 1e-15);
        Assert.Equal(0.125 + 0.1 * 0.9 * 0.9 - 0.1 * 0.25, Hypervolume.Of([[0.5, 0.5, 0.5], [0.1, 0.1, 0.9]]), 1e-15);
        Assert.Equal(0.75, Hypervolume.Normalized([[95, 250.0]], [new(100, 80), new(250, 1000)]), 1e-15);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Hypervolume_OfRandomPoints_IsTheShareOfTheBoxTheyDominate(int dimensions)
    {
        var random = Numerics.RandomKey.FromSeed(7).CreateStream();
        var points = new double[30][];
        for (var i = 0; i < points.Length; i++)
            points[i] = Draw();
        var hits = 0;
        const int Samples = 40_000;
        for (var i = 0; i < Samples; i++)
        {
            var sample = Draw();
            hits += points.Any(point => point.Zip(sample).All(pair => pair.First <= pair.Second)) ? 1 : 0;
        }

        Assert.Equal((double)hits / Samples, Hypervolume.Of(points), 4 * 0.5 / Math.Sqrt(Samples));

        double[] Draw()
        {
            var point = new double[dimensions];
            for (var i = 0; i < dimensions; i++)
                point[i] = random.NextDouble();
            return point;
        }
    }

    [Fact]
    public void Cliques_OfARankFigure_AreTheLongestStretchesWithinTheDifference()
    {
        var figure = new RankFigure("", [("a", 1.2), ("b", 1.9), ("c", 2.5), ("d", 3.9), ("e", 5.5)], 1.4);
        Assert.Equal([(0, 2), (2, 3)], figure.Cliques());
    }
}
