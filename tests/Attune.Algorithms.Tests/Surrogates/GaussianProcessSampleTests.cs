using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using static Attune.Algorithms.Tests.Surrogates.ReferenceProcess;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class GaussianProcessSampleTests
{
    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void Sample_UnitVectors_AreTheRootOfTheJointCovariance(Smoothness smoothness, bool additive)
    {
        var process = Process(smoothness, additive, 15, out var features, out _);
        var (queries, _) = Data(4, seed: 6);
        double[] normals = [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        var samples = new double[20];
        process.Sample(queries, normals, samples, noise: 0.25);
        var (means, variances) = (new double[4], new double[4]);
        process.Predict(queries, means, variances);
        var inverse = Inverse(smoothness, Parameters(additive), features);
        for (var a = 0; a < 4; a++)
        {
            Assert.Equal(means[a], samples[a], 1e-9);
            for (var b = 0; b < 4; b++)
            {
                var found = Enumerable.Range(1, 4).Sum(k => (samples[(k * 4) + a] - means[a]) * (samples[(k * 4) + b] - means[b]));
                var expected = Kernel(smoothness, Parameters(additive), Row(queries, a), Row(queries, b))
                    - Bilinear(With(smoothness, additive, features, queries, a), inverse, With(smoothness, additive, features, queries, b))
                    + (a == b ? 0.25 : 0);
                Assert.Equal(expected, found, 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void Weigh_ValuesAtHallucinatedPoints_IsTheFormulaWithADenseInverse(Smoothness smoothness, bool additive)
    {
        var process = Process(smoothness, additive, 11, out var features, out var targets);
        var (pending, _) = Data(3, seed: 4);
        for (var j = 0; j < 3; j++)
            Assert.True(process.Hallucinate(Row(pending, j)));
        double[] values = [.. targets, 0.3, -1.2, 2.5], all = [.. features, .. pending];
        var query = Row(Data(1, seed: 77).Features, 0);
        foreach (var (points, given) in new[] { (all, values), (features, targets) })
        {
            var k = Enumerable.Range(0, given.Length)
                .Select(i => Kernel(smoothness, Parameters(additive), Row(points, i), query)).ToArray();
            var expected = process.Constant
                + Bilinear(k, Inverse(smoothness, Parameters(additive), points), [.. given.Select(value => value - process.Constant)]);
            Assert.Equal(expected, process.Mean(query, process.Weigh(given)), 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void PathwiseSample_ManyDraws_HaveTheMomentsOfThePosterior(Smoothness smoothness, bool additive)
    {
        const int Draws = 1_200;
        var process = Process(smoothness, additive, 8, out var features, out _);
        var (queries, _) = Data(2, seed: 6);
        var (means, variances) = (new double[2], new double[2]);
        process.Predict(queries, means, variances);
        var covariance = Kernel(smoothness, Parameters(additive), Row(queries, 0), Row(queries, 1))
            - Bilinear(
                With(smoothness, additive, features, queries, 0), Inverse(smoothness, Parameters(additive), features),
                With(smoothness, additive, features, queries, 1));
        var stream = RandomKey.FromSeed(12).CreateStream();
        var (sums, squares, product) = (new double[2], new double[2], 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var path = new PathwiseSample(process, ref stream);
            var (first, second) = (path.Evaluate(Row(queries, 0)) - means[0], path.Evaluate(Row(queries, 1)) - means[1]);
            sums[0] += first;
            sums[1] += second;
            squares[0] += first * first;
            squares[1] += second * second;
            product += first * second;
        }

        // Five standard errors of the mean, the variance and the covariance of normal draws.
        for (var q = 0; q < 2; q++)
        {
            Assert.InRange(sums[q] / Draws / Math.Sqrt(variances[q]), -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));
            Assert.InRange(squares[q] / Draws / variances[q], 1 - (5 * Math.Sqrt(2.0 / Draws)), 1 + (5 * Math.Sqrt(2.0 / Draws)));
        }

        var spread = 5 * Math.Sqrt(((covariance * covariance) + (variances[0] * variances[1])) / Draws);
        Assert.InRange(product / Draws, covariance - spread, covariance + spread);
    }

    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void PathwiseSample_LittleNoise_PassesThroughTheData(Smoothness smoothness, bool additive)
    {
        var (features, targets) = Data(9);
        var process = new GaussianProcess(Map, smoothness, Parameters(additive) with { Noise = 1e-7 }, features, targets);
        process.Hallucinate(Row(Data(1, seed: 3).Features, 0));
        var stream = RandomKey.FromSeed(5).CreateStream();
        var path = new PathwiseSample(process, ref stream);
        for (var i = 0; i < targets.Length; i++)
            Assert.Equal(targets[i], path.Evaluate(Row(features, i)), 3e-3);
    }

    private static GaussianProcess Process(Smoothness smoothness, bool additive, int count, out double[] features, out double[] targets)
    {
        (features, targets) = Data(count);
        return new(Map, smoothness, Parameters(additive), features, targets);
    }

    private static double[] With(Smoothness smoothness, bool additive, double[] features, double[] queries, int query) =>
        [.. Enumerable.Range(0, features.Length / Map.Columns)
            .Select(i => Kernel(smoothness, Parameters(additive), Row(features, i), Row(queries, query)))];
}
