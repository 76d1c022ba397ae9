using Attune.Algorithms.Samplers;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Samplers.Parzen;

/// <summary>
/// Reference values come from a separate program that writes the kernels out with the error function of Python's math module: truncated
/// normal densities, differences of Φ over cells, (1 − c)[same] + c p for choices with c = 0.3 K / (n + 0.3 K), weights 1 / (n + 1), and
/// bandwidths max(0.2 f n^(−1/(d + 4)), 0.01).
/// </summary>
public sealed class ParzenMixtureTests
{
    private static readonly SearchSpace Mixed = new SearchSpaceBuilder()
        .Float("x", 0, 1).Float("rate", 1e-4, 1, Scale.Log).Int("n", 1, 5).Categorical("kind", ["a", "b", "c"]).Build();

    private static readonly SearchSpace Branches = new SearchSpaceBuilder()
        .Categorical("kind", ["a", "b"]).Float("x", 0, 1, when: "kind == 'a'").Int("y", 1, 4, when: "kind == 'b'").Build();

    [Theory]
    [InlineData(0.2, 2e-3, 2, "a", -0.3327481222350902, -1.202042068160464)]
    [InlineData(0.99, 1.0, 5, "c", 0.12605889837271764, -0.671839377997982)]
    [InlineData(0.0, 1e-4, 1, "b", -3.566318738132857, -4.094344556737303)]
    [InlineData(0.5, 0.03, 4, "c", -3.160398590959094, -4.094277941031238)]
    public void LogDensity_MixedSpace_AgreesWithReferenceValues(double x, double rate, int n, string kind, double wide, double narrow)
    {
        double[][] rows =
            [Mixture.Of(Mixed, 0.1, 1e-3, 2, "a"), Mixture.Of(Mixed, 0.35, 1e-2, 3, "a"), Mixture.Of(Mixed, 0.9, 0.5, 5, "c")];
        var point = Mixture.Of(Mixed, x, rate, n, kind);
        Assert.Equal(wide, Mixture.Fit(Mixed, rows, 1).LogDensity(point), 1e-12);
        Assert.Equal(narrow, Mixture.Fit(Mixed, rows, 0.25).LogDensity(point), 1e-12);
    }

    [Theory]
    [InlineData("a", 0.4, 0.2144485060233726)]
    [InlineData("a", 1.0, -1.9252898440424042)]
    [InlineData("b", 2, -1.5031585567371548)]
    [InlineData("b", 4, -3.177567611630874)]
    public void LogDensity_ConditionalSpace_AgreesWithReferenceValues(string kind, double value, double expected)
    {
        var mixture = Mixture.Fit(Branches, [Branch("a", 0.3), Branch("a", 0.5), Branch("b", 2)], 0.5);
        Assert.Equal(expected, mixture.LogDensity(Branch(kind, value)), 1e-12);
    }

    [Theory]
    [InlineData(0.2, "c", 0.4574232879414444)]
    [InlineData(0.6, "b", -0.4169058943590135)]
    [InlineData(0.9, "c", -2.138149087760256)]
    [InlineData(0.6, "a", double.NegativeInfinity)]
    public void LogDensity_UserPriors_AreTheComponentOfThePriorAndTheBaseOfChoices(double x, string kind, double expected)
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1, prior: new NormalPrior(0.2, 0.1))
            .Categorical("kind", ["a", "b", "c"], prior: new WeightPrior([0, 1, 3])).Build();
        Assert.Equal(expected, Mixture.Fit(space, [Mixture.Of(space, 0.6, "b")], 1).LogDensity(Mixture.Of(space, x, kind)), 1e-12);
    }

    [Theory]
    [InlineData(1, -2.4908428180435256)]
    [InlineData(2, -3.05470441124425)]
    [InlineData(7, -3.842581309616669)]
    [InlineData(40, -5.315957915858078)]
    [InlineData(300, -7.929063499271886)]
    [InlineData(1000, -9.496904920597208)]
    public void LogDensity_ManyLevels_IsTheDifferenceOfDistributionFunctionsToATenthOfAPercent(int n, double expected)
    {
        var space = new SearchSpaceBuilder().Int("n", 1, 1000, Scale.Log).Build();
        Assert.Equal(expected, Mixture.Fit(space, [Mixture.Of(space, 30)], 1).LogDensity(Mixture.Of(space, n)), 1e-3);
    }

    [Fact]
    public void LogDensity_ConditionalSpace_IntegratesToOneOverAllBranches()
    {
        var mixture = Mixture.Fit(Branches, [Branch("a", 0.02), Branch("a", 0.98), Branch("a", 0.7), Branch("b", 1), Branch("b", 3)], 0.3);
        const int Steps = 20_000;
        var total = Enumerable.Range(0, Steps).Sum(i => Math.Exp(mixture.LogDensity(Branch("a", (i + 0.5) / Steps)))) / Steps;
        total += Enumerable.Range(1, 4).Sum(y => Math.Exp(mixture.LogDensity(Branch("b", y))));
        Assert.Equal(1, total, 1e-6);
    }

    [Fact]
    public void LogDensity_DiscreteSpace_SumsToOne()
    {
        var space = new SearchSpaceBuilder().Int("n", 1, 40, Scale.Log).Ordinal("size", [1, 2, 5, 10]).Float("s", 0, 1, step: 0.25)
            .Categorical("kind", ["a", "b", "c"], prior: new WeightPrior([1, 2, 3])).Build();
        var stream = RandomKey.FromSeed(1).CreateStream();
        var mixture = new ParzenMixture([.. space.Parameters.Select(parameter => new ParzenDimension(parameter))], usePrior: true);
        double[] rows = [.. Enumerable.Range(0, 6).SelectMany(_ => Mixture.Places(space.Sample(ref stream)))];
        mixture.Fit(rows, [0, 1, 2, 3, 4, 5], 1, new(0.7));
        Assert.Equal(1, space.Enumerate().Sum(configuration => Math.Exp(mixture.LogDensity(Mixture.Places(configuration)))), 1e-3);
    }

    [Fact]
    public void Draw_ConditionalSpace_FollowsTheKernelsWithWhatFallsOutsideTakenToTheEnds()
    {
        // Twelve cells of x, four values of y; the sum of (found − expected)² / expected exceeds 37.7 with probability 0.001.
        const int Draws = 40_000;
        const int Cells = 12;
        var mixture = Mixture.Fit(Branches, [Branch("a", 0.1), Branch("a", 0.9), Branch("b", 2)], 0.5);
        var found = new double[Cells + 4];
        var stream = RandomKey.FromSeed(5).CreateStream();
        var point = new double[3];
        var ends = 0;
        for (var i = 0; i < Draws; i++)
        {
            mixture.Draw(ref stream, point);
            found[point[0] == 0 ? Math.Min(Cells - 1, (int)(point[1] * Cells)) : Cells + (int)point[2]]++;
            ends += point[0] == 0 && point[1] is 0 or 1 ? 1 : 0;
        }

        // With c = 0.6 / 3.6 a component keeps its choice with probability 11/12; the prior has a quarter of the weight, as each trial.
        var width = 0.1 * Math.Pow(2, -1 / 6.0);
        var statistic = 0.0;
        for (var cell = 0; cell < found.Length; cell++)
        {
            var (count, k) = cell < Cells ? (Cells, cell) : (4, cell - Cells);
            var share = cell < Cells
                ? ((0.5 + (1 / 12.0)) / count) + (11 / 12.0 * (Taken(k, count, 0.1, width) + Taken(k, count, 0.9, width)))
                : ((0.5 + (2 / 12.0)) / count) + (11 / 12.0 * Taken(k, count, 0.375, 0.1));
            statistic += Math.Pow(found[cell] - (Draws * share / 4), 2) / (Draws * share / 4);
        }

        Assert.InRange(statistic, 0, 37.7);
        var outside = 2 * 11 / 48.0 * NormalDistribution.Cdf(-0.1 / width);
        Assert.InRange(ends, Draws * outside * 0.9, Draws * outside * 1.1);
    }

    [Fact]
    public void LogDensity_Slope_WeighsEarlierMembersMore()
    {
        // Three components far apart weigh 1.8, 1 and 0.2 of 4 parts; the prior's density is 1.
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        var mixture = new ParzenMixture([new(space.Parameters[0])], usePrior: true);
        mixture.Fit([0.1, 0.5, 0.9], [0, 1, 2], 1, new(0.1), slope: 0.8);
        var width = 0.02 * Math.Pow(3, -1 / 5.0);
        foreach (var (x, weight) in new[] { (0.1, 1.8), (0.5, 1), (0.9, 0.2) })
            Assert.Equal(Math.Log((1 + (weight * NormalDistribution.Pdf(0) / width)) / 4), mixture.LogDensity([x]), 1e-6);
        var stream = RandomKey.FromSeed(6).CreateStream();
        var drawn = new double[1];
        var near = 0;
        for (var i = 0; i < 10_000; i++)
        {
            mixture.Draw(ref stream, drawn);
            near += Math.Abs(drawn[0] - 0.1) < 0.08 ? 1 : 0;
        }

        Assert.InRange(near, 10_000 * (0.45 + 0.04) - 200, 10_000 * (0.45 + 0.04) + 200);
    }

    [Fact]
    public void LogDensity_WithoutTrials_IsThePrior()
    {
        var mixture = Mixture.Fit(Mixed, [], 1);
        Assert.Equal(Math.Log(1 / 15.0), mixture.LogDensity(Mixture.Of(Mixed, 0.3, 0.1, 2, "b")), 1e-12);
    }

    private static double Taken(int cell, int count, double center, double width) =>
        (cell == count - 1 ? 1 : NormalDistribution.Cdf((((cell + 1.0) / count) - center) / width))
        - (cell == 0 ? 0 : NormalDistribution.Cdf((((double)cell / count) - center) / width));

    private static double[] Branch(string kind, double value) => Mixture.Places(Branches.Configure(
        [new("kind", kind), kind == "a" ? new("x", value) : new("y", (int)value)]));
}
