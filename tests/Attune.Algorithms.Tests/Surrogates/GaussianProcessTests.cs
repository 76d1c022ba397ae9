using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using static Attune.Algorithms.Tests.Surrogates.ReferenceProcess;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class GaussianProcessTests
{
    [Fact]
    public void Encode_Configurations_PutsChoicesAtEqualDistancesAndInactivityInAColumnOfItsOwn()
    {
        var features = Map.Encode(
        [
            Space.Configure([new("x", 0.25), new("n", 5), new("kind", "a"), new("y", 1.0)]),
            Space.Configure([new("x", 0.25), new("n", 5), new("kind", "b")]),
            Space.Configure([new("x", 0.25), new("n", 5), new("kind", "c")]),
        ]);
        Assert.Equal([0, 1, 2, 2, 2, 3, 4], Map.Groups);
        Assert.Equal([0, 1, 2, 3, 3], Map.Components);
        var corner = Math.Sqrt(0.5);
        Assert.Equal([0.25, 0.5, corner, 0, 0, 1, 0, 0.25, 0.5, 0, corner, 0, 0.5, 1, 0.25, 0.5, 0, 0, corner, 0.5, 1], features);
    }

    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void Predict_RandomData_EqualsTheFormulaWithADenseInverse(Smoothness smoothness, bool additive)
    {
        var parameters = Parameters(additive);
        var (features, targets) = Data(23);
        var process = new GaussianProcess(Map, smoothness, parameters, features, targets);
        var inverse = Inverse(smoothness, parameters, features);
        var ones = new double[23];
        Array.Fill(ones, 1);
        var constant = Bilinear(ones, inverse, targets) / (1 + Bilinear(ones, inverse, ones));
        var (queries, _) = Data(70, seed: 5);
        var (means, variances) = (new double[70], new double[70]);
        process.Predict(queries, means, variances);
        Assert.Equal(constant, process.Constant, 1e-10);
        for (var q = 0; q < 70; q++)
        {
            var k = Enumerable.Range(0, 23).Select(i => Kernel(smoothness, parameters, Row(features, i), Row(queries, q))).ToArray();
            Assert.Equal(constant + Bilinear(k, inverse, [.. targets.Select(target => target - constant)]), means[q], 1e-9);
            Assert.Equal(parameters.Signal + parameters.AdditiveSignal - Bilinear(k, inverse, k), variances[q], 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void Predict_OnePoint_HasGradientsOfFiniteDifferences(Smoothness smoothness, bool additive)
    {
        var (features, targets) = Data(19);
        var process = new GaussianProcess(Map, smoothness, Parameters(additive), features, targets);
        var (queries, _) = Data(2, seed: 9);
        process.Hallucinate(Row(queries, 0));
        int[] columns = [0, 1, 5];
        var point = Row(queries, 1);
        var (meanGradient, varianceGradient) = (new double[3], new double[3]);
        var (mean, variance) = process.Predict(point, columns, meanGradient, varianceGradient);
        var (means, variances) = (new double[3], new double[3]);
        for (var k = 0; k < columns.Length; k++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[columns[k]] += Step;
            down[columns[k]] -= Step;
            process.Predict([.. point, .. up, .. down], means, variances);
            Assert.Equal(means[0], mean, 1e-12);
            Assert.Equal(variances[0], variance, 1e-12);
            Assert.Equal((means[1] - means[2]) / (2 * Step), meanGradient[k], 1e-6);
            Assert.Equal((variances[1] - variances[2]) / (2 * Step), varianceGradient[k], 1e-6);
        }
    }

    [Fact]
    public void Hallucinate_Points_KeepsMeansAndShrinksVariancesAsDataWould()
    {
        var parameters = Parameters(additive: true);
        var (features, targets) = Data(9);
        var process = new GaussianProcess(Map, Smoothness.Matern52, parameters, features, targets);
        var (queries, _) = Data(40, seed: 8);
        var (means, variances, means2, variances2) = (new double[40], new double[40], new double[40], new double[40]);
        process.Predict(queries, means, variances);
        for (var i = 0; i < 25; i++)
            process.Hallucinate(Row(queries, i));
        process.Predict(queries, means2, variances2);
        var all = new GaussianProcess(
            Map, Smoothness.Matern52, parameters, [.. features, .. queries[..(25 * Map.Columns)]], new double[34]);
        var expected = new double[40];
        all.Predict(queries, new double[40], expected);
        for (var q = 0; q < 40; q++)
        {
            Assert.Equal(means[q], means2[q], 1e-12);
            Assert.Equal(expected[q], variances2[q], 1e-10);
            Assert.True(variances2[q] <= variances[q] + 1e-12);
        }
    }

    [Fact]
    public void Fit_DataOfAKnownProcess_FindsWhichParameterMatters()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("idle", 0, 1).Build();
        var stream = RandomKey.FromSeed(3).CreateStream();
        var points = new Configuration[40];
        for (var i = 0; i < points.Length; i++)
            points[i] = space.Sample(ref stream);
        double[] targets = [.. points.Select(point => Math.Sin(9 * point.GetDouble("x")))];
        var posterior = new GaussianProcessSurrogate { Additive = false }.Fit(new(space, points), targets, RandomKey.FromSeed(1));
        var fit = ((GaussianProcessMixture)posterior).Members[0].Parameters;
        Assert.True(fit.Lengths[0] < 1, $"length {fit.Lengths[0]}");
        Assert.True(fit.Lengths[1] > 4 * fit.Lengths[0], $"lengths {fit.Lengths[0]} and {fit.Lengths[1]}");
        Assert.True(fit.Noise < 1e-3, $"noise {fit.Noise}");
    }

    [Fact]
    public void Fit_RepeatedConfigurations_LearnsTheNoise()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        var stream = RandomKey.FromSeed(8).CreateStream();
        var points = new Configuration[120];
        var targets = new double[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = space.Configure([new("x", i % 12 / 11.0)]);
            targets[i] = Math.Cos(6 * points[i].GetDouble("x")) + (0.3 * stream.NextNormal());
        }

        var posterior = new GaussianProcessSurrogate { Members = 16 }.Fit(new(space, points), targets, RandomKey.FromSeed(1));
        var (mean, epistemic, aleatoric) = (new double[1], new double[1], new double[1]);
        posterior.Predict(new(space, [space.Configure([new("x", 0.3)])]), mean, epistemic, aleatoric);
        Assert.InRange(aleatoric[0], 0.06, 0.13);
        Assert.InRange(epistemic[0], 0, 0.02);
        Assert.Equal(Math.Cos(1.8), mean[0], 0.3);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fit_TargetThatIsNotFinite_IsRefused(double target)
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        var error = Assert.Throws<ArgumentException>(
            () => new GaussianProcessSurrogate().Fit(new(space, [space.Default()]), [target], RandomKey.FromSeed(1)));
        Assert.Contains("must be finite", error.Message, StringComparison.Ordinal);
    }
}
