using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class HyperparameterPriorTests
{
    private static readonly KernelFeatures Map = ReferenceProcess.Map;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Add_AnyPoint_IsTheNegativeLogDensityWithTheGradientOfFiniteDifferences(bool additive, bool warped)
    {
        const double Step = 1e-5;
        var prior = new HyperparameterPrior(warped ? new(Map.Space, isWarped: true) : Map, additive, null);
        var point = prior.At(i => ((i % 5) - 2) / 4.0);
        var gradient = Enumerable.Repeat(1.0, prior.Dimensions).ToArray();

        var value = prior.Add(point, gradient);

        Assert.Equal(-prior.LogDensity(point), value, 1e-12);
        for (var i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            Assert.Equal(1 - ((prior.LogDensity(up) - prior.LogDensity(down)) / (2 * Step)), gradient[i], 1e-8);
        }
    }

    // C. Hvarfner, E. Hellsten, L. Nardi, ICML 2024: the location of log ℓ grows by ½ log d.
    [Fact]
    public void Means_MoreParameters_GrowByHalfTheLogarithmOfTheirNumber()
    {
        double Location(int parameters)
        {
            var space = new SearchSpace(Enumerable.Range(0, parameters).Select(i => new FloatParameter($"x{i}", 0, 1)));
            return new HyperparameterPrior(new(space), isAdditive: false, null).Means[0];
        }

        Assert.Equal(0.5 * Math.Log(50), Location(50) - Location(1), 1e-12);
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(0, HyperparameterPrior.LeastNoise)]
    public void Bounds_KnownNoise_LeaveItAloneAndNothingElse(double noise, double expected)
    {
        var prior = new HyperparameterPrior(Map, isAdditive: true, noise);

        var fixedOnes = Enumerable.Range(0, prior.Dimensions).Where(i => prior.Lower[i] == prior.Upper[i]);

        Assert.Equal([Map.Components.Length + 1], fixedOnes);
        Assert.Equal(expected, Hyperparameters.FromLogarithms(prior.At(_ => 2), Map.Components.Length).Noise, 1e-12);
    }

    [Fact]
    public void At_FarAway_StaysWithinTheBounds()
    {
        var prior = new HyperparameterPrior(Map, isAdditive: true, null);

        Assert.Equal(prior.Upper, prior.At(_ => 1e6));
        Assert.Equal(prior.Lower, prior.At(_ => -1e6));
    }
}
