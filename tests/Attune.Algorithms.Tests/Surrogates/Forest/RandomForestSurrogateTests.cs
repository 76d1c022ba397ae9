using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Surrogates.Forest;

public sealed class RandomForestSurrogateTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Fact]
    public void Fit_LossByBranch_TellsChoicesAndInactivePlacesApart()
    {
        var space = TestSpaces.Conditional();
        var (points, noise) = RandomData.Draw(space, 200, 1);
        var (fresh, _) = RandomData.Draw(space, 200, 2);
        var posterior = new RandomForestSurrogate().Fit(
            new(space, points), [.. points.Select((point, i) => Loss(point) + (0.05 * noise[i]))], Key);
        var (means, epistemic) = Predict(posterior, space, fresh);
        var (error, total) = (0.0, 0.0);
        var average = fresh.Average(Loss);
        for (var i = 0; i < fresh.Length; i++)
        {
            error += Math.Pow(means[i] - Loss(fresh[i]), 2);
            total += Math.Pow(average - Loss(fresh[i]), 2);
        }

        Assert.True(error < 0.05 * total, $"{error / total} of the variance is not explained.");

        static double Loss(Configuration point) => point.GetText("model") switch
        {
            "forest" => point.GetInt("trees") > 100 ? -1 : 0,
            "network" => point.IsActive("momentum") ? 2 : 1,
            _ => -2,
        };
    }

    [Fact]
    public void Fit_AgreesToTheLastBit_WhenDoneAgain()
    {
        var space = TestSpaces.Mixed();
        var (points, targets) = RandomData.Draw(space, 60, 3);
        var (fresh, _) = RandomData.Draw(space, 40, 4);
        var first = Predict(new RandomForestSurrogate().Fit(new(space, points), targets, Key), space, fresh);
        var second = Predict(new RandomForestSurrogate().Fit(new(space, points), targets, Key), space, fresh);
        Assert.Equal(first.Means, second.Means);
        Assert.Equal(first.Epistemic, second.Epistemic);
        var other = Predict(new RandomForestSurrogate().Fit(new(space, points), targets, RandomKey.FromSeed(12)), space, fresh);
        Assert.NotEqual(first.Means, other.Means);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    public void NoiseVariance_ManyRepeats_ConvergesToTheTruth(double noise)
    {
        var space = TestSpaces.Plane();
        var spreads = new List<double>();
        foreach (var repeats in new[] { 2, 8, 40 })
        {
            var ratios = new List<double>();
            for (var seed = 0UL; seed < 10; seed++)
            {
                var (points, _) = RandomData.Draw(space, 20, seed);
                var stream = RandomKey.FromSeed(seed + 100).CreateStream();
                var all = Enumerable.Repeat(points, repeats).SelectMany(point => point).ToArray();
                var targets = new double[all.Length];
                for (var i = 0; i < all.Length; i++)
                    targets[i] = Math.Sin(5 * all[i].GetDouble("x")) + all[i].GetDouble("y") + (noise * stream.NextNormal());
                var posterior = (RandomForestPosterior)new RandomForestSurrogate().Fit(new(space, all), targets, Key);
                ratios.Add(posterior.NoiseVariance / noise / noise);
            }

            // 20 (repeats − 1) degrees of freedom: a deviation of √(2/df) for each ratio, and a third of that for the mean of ten.
            var deviation = Math.Sqrt(2.0 / (20 * (repeats - 1)));
            Assert.InRange(ratios.Average(), 1 - (1.2 * deviation), 1 + (1.5 * deviation));
            spreads.Add(ratios.Max() - ratios.Min());
        }

        Assert.True(spreads[2] < spreads[1] && spreads[1] < spreads[0], string.Join(' ', spreads));
    }

    [Fact]
    public void Predict_SmoothRandomFunctions_IntervalsCoverWhatTheyClaim()
    {
        // 40 functions × 50 points: coverages have standard errors of about 1.5 points, so 5 points are told apart.
        var space = TestSpaces.Plane();
        var (levels, quantiles) = (new[] { 0.5, 0.8, 0.95 }, new[] { 0.67449, 1.28155, 1.95996 });
        var (function, measurement, merged) = (new double[3], new double[3], new double[3]);
        for (var draw = 0UL; draw < 40; draw++)
        {
            var stream = RandomKey.FromSeed(draw).CreateStream();
            var waves = new double[60];
            for (var k = 0; k < waves.Length; k++)
                waves[k] = stream.NextNormal();
            var (points, noise) = RandomData.Draw(space, 100, draw + 1000);
            var (fresh, fuzz) = RandomData.Draw(space, 50, draw + 2000);
            var posterior = new RandomForestSurrogate().Fit(
                new(space, points), [.. points.Select((point, i) => Value(point) + (0.4 * noise[i]))], Key);
            var (means, epistemic, aleatoric) = (new double[50], new double[50], new double[50]);
            posterior.Predict(new(space, fresh), means, epistemic, aleatoric);
            for (var i = 0; i < 50; i++)
            {
                var error = Value(fresh[i]) - means[i];
                for (var level = 0; level < 3; level++)
                {
                    function[level] += Math.Abs(error) < quantiles[level] * Math.Sqrt(epistemic[i]) ? 1 / 2000.0 : 0;
                    measurement[level] += Math.Abs(error + (0.4 * fuzz[i])) < quantiles[level] * Math.Sqrt(epistemic[i] + aleatoric[i])
                        ? 1 / 2000.0 : 0;
                    merged[level] += Math.Abs(error) < quantiles[level] * Math.Sqrt(epistemic[i] + aleatoric[i]) ? 1 / 2000.0 : 0;
                }
            }

            // Random Fourier features: waves of random direction and phase, of variance 1 in sum.
            double Value(Configuration point)
            {
                var sum = 0.0;
                for (var k = 0; k < waves.Length; k += 3)
                {
                    sum += Math.Cos((waves[k] * point.GetDouble("x") * 1.2) + (waves[k + 1] * point.GetDouble("y") * 3.5)
                        + (10 * waves[k + 2]));
                }

                return sum * Math.Sqrt(2.0 / 20);
            }
        }

        for (var level = 0; level < 3; level++)
        {
            Assert.Equal(levels[level], function[level], 0.05);
            Assert.Equal(levels[level], measurement[level], 0.05);
        }

        // With noise and ignorance merged, intervals for the function cover far more than they claim.
        Assert.True(merged[0] > 0.65 && merged[1] > 0.9, $"{merged[0]} {merged[1]}");
    }

    [Fact]
    public void Predict_ChoiceNeverSeen_IsUncertain()
    {
        var space = new SearchSpaceBuilder().Categorical("kind", ["a", "b", "c"]).Float("x", 0, 1).Build();
        var (points, noise) = RandomData.Draw(space, 150, 9);
        var known = points.Where(point => point.GetText("kind") != "c").ToArray();
        double[] targets = [.. known.Select((point, i) => (point.GetText("kind") == "a" ? -1 : 1) + (0.1 * noise[i]))];
        var posterior = (RandomForestPosterior)new RandomForestSurrogate().Fit(new(space, known), targets, Key);
        Configuration[] asked = [At("a"), At("c")];
        var (means, between, within) = (new double[2], new double[2], new double[2]);
        posterior.PredictRaw(new(space, asked), means, between, within);
        Assert.Equal(-1, means[0], 0.1);
        Assert.InRange(means[1], -0.5, 0.5);
        Assert.True(between[1] > 20 * between[0]);

        Configuration At(string kind) => space.Configure([new("kind", ParameterValue.Of(kind)), new("x", ParameterValue.Of(0.5))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public void Fit_ConstantTargets_AreCertain(int count)
    {
        var space = TestSpaces.Mixed();
        var (points, _) = RandomData.Draw(space, count, 5);
        var posterior = new RandomForestSurrogate().Fit(new(space, points), Enumerable.Repeat(0.25, count).ToArray(), Key);
        var (means, epistemic) = Predict(posterior, space, points);
        Assert.All(means, mean => Assert.Equal(0.25, mean));
        Assert.All(epistemic, variance => Assert.Equal(0, variance));
    }

    [Fact]
    public void Fit_NoiseKnownToBeNone_HasNoAleatoricVariance()
    {
        var space = TestSpaces.Plane();
        var (points, targets) = RandomData.Draw(space, 40, 5);
        var posterior = new RandomForestSurrogate(new() { NoiseVariance = 0 }).Fit(new(space, points), targets, Key);
        var aleatoric = new double[40];
        posterior.Predict(new(space, points), new double[40], new double[40], aleatoric);
        Assert.All(aleatoric, variance => Assert.Equal(0, variance));
    }

    [Fact]
    public void Fit_NonsenseArguments_AreRefused()
    {
        var space = TestSpaces.Plane();
        var (points, targets) = RandomData.Draw(space, 4, 5);
        var surrogate = new RandomForestSurrogate();
        Assert.Throws<ArgumentException>("targets", () => surrogate.Fit(new(space, points), targets.AsSpan(1), Key));
        Assert.Throws<ArgumentException>("targets", () => surrogate.Fit(new(space, points), [1, 2, double.NaN, 3], Key));
        Assert.Throws<ArgumentException>("targets", () => surrogate.Fit(new(space, []), [], Key));
        Assert.Throws<ArgumentException>("points", () =>
            surrogate.Fit(new(space, points), targets, Key).Predict(new(TestSpaces.Plane(), []), [], []));
        Assert.Throws<ArgumentException>("means", () =>
            surrogate.Fit(new(space, points), targets, Key).Predict(new(space, points), new double[3], new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>("Trees", () => new RandomForestSurrogate(new() { Trees = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("FeatureShare", () => new RandomForestSurrogate(new() { FeatureShare = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("LeastLeaf", () => new RandomForestSurrogate(new() { LeastLeaf = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("NoiseVariance", () => new RandomForestSurrogate(new() { NoiseVariance = -1 }));
    }

    private static (double[] Means, double[] Epistemic) Predict(IPosterior posterior, SearchSpace space, Configuration[] points)
    {
        var (means, epistemic) = (new double[points.Length], new double[points.Length]);
        posterior.Predict(new(space, points), means, epistemic);
        return (means, epistemic);
    }
}
