using Attune.Numerics;

namespace Attune.Core.Tests.Spaces;

public sealed class PriorTests
{
    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(0.0, 0.25)]
    [InlineData(1.0, 0.02)]
    [InlineData(0.3, 5.0)]
    [InlineData(0.3, 1e7)]
    public void FromPrior_OfADrawnNormalPrior_FollowsTheTruncatedNormal(double place, double spread)
    {
        // Kolmogorov-Smirnov: with n draws the largest gap exceeds 1.95 / √n with probability 0.001.
        const int draws = 20_000;
        var scale = new FloatParameter("x", 1e-5, 10, Scale.Log);
        var parameter = new FloatParameter("x", 1e-5, 10, Scale.Log, prior: new NormalPrior(scale.FromUnit(place), spread));
        var stream = RandomKey.FromSeed(7).CreateStream();
        var units = new double[draws];
        for (var i = 0; i < draws; i++)
            units[i] = parameter.ToUnit(parameter.FromPrior(stream.NextDouble()));
        Array.Sort(units);

        var below = NormalDistribution.Cdf(-place / spread);
        var mass = NormalDistribution.Cdf((1 - place) / spread) - below;
        var gap = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var expected = spread > 1e5 ? units[i] : (NormalDistribution.Cdf((units[i] - place) / spread) - below) / mass;
            gap = Math.Max(gap, Math.Max(Math.Abs(expected - ((double)i / draws)), Math.Abs(expected - ((i + 1.0) / draws))));
        }

        Assert.InRange(gap, 0, 1.95 / Math.Sqrt(draws));
    }

    [Fact]
    public void FromPrior_WithACenterBetweenTheSteps_PrefersTheNeighboursAlike()
    {
        var parameter = new IntParameter("x", 0, 100, step: 10, prior: new NormalPrior(45, 0.05));
        var stream = RandomKey.FromSeed(8).CreateStream();
        var hits = new int[11];
        for (var i = 0; i < 20_000; i++)
            hits[(int)parameter.FromPrior(stream.NextDouble()) / 10]++;
        Assert.InRange(hits[4] - hits[5], -600, 600);
        Assert.InRange(hits[4] + hits[5], 16_000, 20_000);
    }

    [Fact]
    public void PriorCdf_OfEveryKind_IsTheInverseOfWhatIsDrawn()
    {
        Parameter[] parameters =
        [
            new FloatParameter("x", 1e-5, 10, Scale.Log, prior: new NormalPrior(0.1, 0.2)),
            new FloatParameter("x", -1, 4),
            new FloatParameter("x", 0, 1, prior: new NormalPrior(0.5, 1e6)),
            new IntParameter("x", 0, 100, step: 10, prior: new NormalPrior(45, 0.15)),
            new CategoricalParameter("x", ["a", "b", "c", "d"], prior: new WeightPrior([2, 0, 5, 1])),
            new OrdinalParameter("x", [1, 2, 5]),
        ];
        foreach (var parameter in parameters)
        {
            Assert.Equal(0, parameter.PriorCdf(0), 1e-15);
            Assert.Equal(1, parameter.PriorCdf(1), 1e-15);
            for (var i = 0; i < 1_000; i++)
            {
                var uniform = (i + 0.5) / 1_000;
                var (low, high) = parameter.UnitCell(parameter.FromPrior(uniform));
                Assert.InRange(uniform, parameter.PriorCdf(low) - 1e-9, parameter.PriorCdf(high) + 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1.0, 2.0, 3.0, 4.0)]
    [InlineData(0.0, 1.0, 0.0, 1.0)]
    [InlineData(1.0, 0.0, 0.0, 0.0)]
    [InlineData(0.0, 0.0, 1e-300, 0.0)]
    public void FromPrior_OfWeights_DrawsEachChoiceByItsShare(double a, double b, double c, double d)
    {
        const int draws = 10_000;
        double[] weights = [a, b, c, d];
        var parameter = new CategoricalParameter("x", ["a", "b", "c", "d"], prior: new WeightPrior([.. weights]));
        var hits = new int[4];
        for (var i = 0; i < draws; i++)
            hits[(int)parameter.FromPrior((i + 0.5) / draws)]++;
        for (var i = 0; i < 4; i++)
            Assert.Equal(weights[i] / weights.Sum() * draws, hits[i], 1.0);
        Assert.NotEqual(0, weights[(int)parameter.FromPrior(0)]);
        Assert.NotEqual(0, weights[(int)parameter.FromPrior(Math.BitDecrement(1))]);
    }

    [Theory]
    [InlineData(Scale.Linear, 0.5005)]
    [InlineData(Scale.Log, 0.0316227766016838)]
    [InlineData(Scale.Logit, 0.0306682978542668)]
    public void Default_OfAFloat_IsTheMiddleOnItsScale(Scale scale, double expected)
    {
        // Logit: the middle of the log odds of 0.001 and 1/2, which is 1 / (1 + √999).
        var high = scale == Scale.Logit ? 0.5 : 1.0;
        Assert.Equal(expected, new FloatParameter("x", 0.001, high, scale).Default.AsDouble(), 1e-13);
    }

    [Fact]
    public void Default_OfAnInteger_IsTheMiddleOnItsScale()
    {
        Assert.Equal(5, new IntParameter("x", 0, 10).Default.AsInt64());
        Assert.Equal(7, new IntParameter("x", 1, 100, Scale.Log).Default.AsInt64());
        Assert.Equal(3, new IntParameter("x", 1, 100, Scale.Log, defaultValue: 3).Default.AsInt64());
    }
}
