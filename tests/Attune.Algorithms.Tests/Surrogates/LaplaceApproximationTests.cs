using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class LaplaceApproximationTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();

    private static readonly KernelFeatures Map = new(Space);

    [Fact]
    public void Of_NoData_IsThePriorWithTwiceItsVariance()
    {
        var posterior = Posterior(Map, 0, noise: null);
        var mode = posterior.Prior.Means.ToArray();

        var approximation = LaplaceApproximation.Of(posterior, mode);

        Assert.Equal(mode, approximation.Centre.ToArray());
        var stream = RandomKey.FromSeed(2).CreateStream();
        for (var i = 0; i < 20; i++)
        {
            var point = posterior.Prior.At(_ => 0);
            for (var j = 0; j < point.Length; j++)
                point[j] += stream.NextNormal();
            var expected = posterior.Prior.LogDensity(point) / 2;
            Assert.Equal(expected, approximation.LogDensity(point), 1e-9 * Math.Abs(expected));
        }
    }

    [Fact]
    public void LogDensity_Data_HasHalfTheCurvatureOfThePosterior()
    {
        const double Step = 1e-3;
        var posterior = Posterior(Map, 25, noise: null);
        var mode = Mode(posterior);
        var deviations = posterior.Prior.Deviations.ToArray();

        var approximation = LaplaceApproximation.Of(posterior, mode);

        // Second differences of the value alone, in units of the prior's deviations. The approximation takes longer steps, in which
        // the curvature changes.
        for (var i = 0; i < mode.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (row, column) = (i, j);
                var scale = Math.Sqrt(Second(LogPosterior, row, row) * Second(LogPosterior, column, column));
                Assert.Equal(
                    0.5 * Second(LogPosterior, row, column), Second(point => approximation.LogDensity(point), row, column), 0.1 * scale);
            }
        }

        double LogPosterior(double[] point) => posterior.LogLikelihood(point) + posterior.Prior.LogDensity(point);

        double Second(Func<double[], double> logarithm, int row, int column)
        {
            var sum = 0.0;
            foreach (var (one, other) in ((int, int)[])[(1, 1), (1, -1), (-1, 1), (-1, -1)])
            {
                double[] point = [.. mode];
                point[row] += one * Step * deviations[row];
                point[column] += other * Step * deviations[column];
                sum += one * other * logarithm(point);
            }

            return sum / (4 * Step * Step);
        }
    }

    [Fact]
    public void Draw_ManyOffsets_HaveTheDensityThatIsTold()
    {
        const int Draws = 4_000;
        var posterior = Posterior(Map, 25, noise: null);
        var approximation = LaplaceApproximation.Of(posterior, Mode(posterior));
        var (centre, offsets) = (approximation.Centre.ToArray(), new double[posterior.Prior.Dimensions]);
        var stream = RandomKey.FromSeed(3).CreateStream();
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Draws; i++)
        {
            approximation.Draw(offsets, ref stream);
            var distance = -2 * approximation.LogDensity([.. centre.Zip(offsets, (one, other) => one + other)]);
            sum += distance;
            squares += distance * distance;
        }

        // Squared Mahalanobis distances are χ² with d degrees of freedom, of mean d and variance 2d; the bounds are five standard errors.
        var (d, mean) = (offsets.Length, sum / Draws);
        Assert.Equal(d, mean, 5 * Math.Sqrt(2.0 * d / Draws));
        Assert.Equal(2 * d, (squares / Draws) - (mean * mean), 5 * Math.Sqrt(((8.0 * d * d) + (48 * d)) / Draws));
    }

    [Fact]
    public void Of_KnownNoise_LeavesItWhereItIs()
    {
        var posterior = Posterior(Map, 12, noise: 0.01);
        var mode = Mode(posterior);
        var approximation = LaplaceApproximation.Of(posterior, mode);
        var (stream, offsets) = (RandomKey.FromSeed(4).CreateStream(), new double[mode.Length]);

        approximation.Draw(offsets, ref stream);

        var fixedOne = Map.Components.Length + 1;
        Assert.Equal(Math.Log(0.01), approximation.Centre[fixedOne], 1e-12);
        Assert.All(Enumerable.Range(0, mode.Length), i => Assert.Equal(i == fixedOne, offsets[i] == 0));
    }

    [Fact]
    public void Of_MoreHyperparametersThanAHessianIsWorth_IsThePrior()
    {
        var map = new KernelFeatures(new(Enumerable.Range(0, 61).Select(i => new FloatParameter($"x{i}", 0, 1))));
        var posterior = Posterior(map, 5, noise: 0.02);
        var mode = posterior.Prior.At(_ => 0.3);

        var approximation = LaplaceApproximation.Of(posterior, mode);

        var means = posterior.Prior.Means.ToArray();
        means[map.Components.Length + 1] = Math.Log(0.02);
        Assert.Equal(means, approximation.Centre.ToArray(), (one, other) => Math.Abs(one - other) < 1e-12);
        var point = Array.ConvertAll(means, mean => mean + 0.7);
        var squares = Enumerable.Range(0, means.Length).Where(i => posterior.Prior.Lower[i] < posterior.Prior.Upper[i])
            .Sum(i => Math.Pow(0.7 / posterior.Prior.Deviations[i], 2));
        Assert.Equal(-0.5 * squares, approximation.LogDensity(point), 1e-9 * squares);
    }

    private static double[] Mode(LogPosterior posterior) => GaussianProcessFit
        .Fit(posterior, Map.Components.Length, isThorough: true, null, RandomKey.FromSeed(9)).Parameters.ToLogarithms();

    private static LogPosterior Posterior(KernelFeatures map, int count, double? noise)
    {
        var stream = RandomKey.FromSeed(7).CreateStream();
        var points = new Configuration[count];
        for (var i = 0; i < count; i++)
            points[i] = map.Space.Sample(ref stream);
        var features = map.Encode(points);
        double[] targets = [.. points.Select((_, i) => Math.Sin(5 * features[i * map.Columns]) + features[(i * map.Columns) + 1])];
        return new(map, Smoothness.Matern52, new(map, isAdditive: false, noise), features, targets);
    }
}
