using Attune.Algorithms.Samplers;
using Attune.Numerics;
using Process = Attune.Algorithms.Samplers.GaussianProcess;

namespace Attune.Algorithms.Tests.Samplers.GaussianProcess;

public sealed class GaussianProcessTests
{
    private static readonly int[] Groups = [0, 1, 1];
    private static readonly GaussianProcessParameters Parameters = new([0.4, 0.9], 1.7, 0.01);

    [Fact]
    public void Predict_RandomData_EqualsTheFormulaWithADenseInverse()
    {
        var (features, targets) = Data(23);
        var process = new Process(features, targets, Groups, Parameters);
        var inverse = Inverse(features);
        var ones = features.Select(_ => 1.0).ToArray();
        var constant = Bilinear(ones, inverse, targets) / (1 + Bilinear(ones, inverse, ones));
        var (queries, _) = Data(70, seed: 5);
        var (means, variances) = (new double[70], new double[70]);
        process.Predict(queries, means, variances);
        Assert.Equal(constant, process.Constant, 1e-10);
        for (var q = 0; q < queries.Length; q++)
        {
            var k = features.Select(row => Kernel(row, queries[q])).ToArray();
            Assert.Equal(constant + Bilinear(k, inverse, [.. targets.Select(target => target - constant)]), means[q], 1e-9);
            Assert.Equal(Parameters.Signal - Bilinear(k, inverse, k), variances[q], 1e-9);
        }
    }

    [Fact]
    public void Predict_OnePoint_HasGradientsOfFiniteDifferences()
    {
        var (features, targets) = Data(12);
        var process = new Process(features, targets, Groups, Parameters);
        process.Hallucinate([0.1, 0.9, 0.4]);
        int[] columns = [0, 2];
        double[] point = [0.3, 0.6, 0.2];
        var (meanGradient, varianceGradient) = (new double[2], new double[2]);
        var (mean, variance) = process.Predict(point, columns, meanGradient, varianceGradient);
        var (means, variances) = (new double[3], new double[3]);
        for (var k = 0; k < columns.Length; k++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[columns[k]] += Step;
            down[columns[k]] -= Step;
            process.Predict([point, up, down], means, variances);
            Assert.Equal(means[0], mean, 1e-12);
            Assert.Equal(variances[0], variance, 1e-12);
            Assert.Equal((means[1] - means[2]) / (2 * Step), meanGradient[k], 1e-6);
            Assert.Equal((variances[1] - variances[2]) / (2 * Step), varianceGradient[k], 1e-6);
        }
    }

    [Fact]
    public void Hallucinate_APoint_KeepsMeansAndShrinksVariances()
    {
        var (features, targets) = Data(9);
        var process = new Process(features, targets, Groups, Parameters);
        var (queries, _) = Data(40, seed: 8);
        var (means, variances, means2, variances2) = (new double[40], new double[40], new double[40], new double[40]);
        process.Predict(queries, means, variances);
        foreach (var query in queries.Take(25))
            process.Hallucinate(query);
        process.Predict(queries, means2, variances2);
        var all = new Process([.. features, .. queries.Take(25)], new double[34], Groups, Parameters);
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
    public void Evaluate_MarginalPosterior_HasTheGradientOfFiniteDifferences()
    {
        var (features, targets) = Data(31);
        var posterior = new MarginalPosterior(features, targets, Groups, 2);
        var point = Parameters.ToLogarithms();
        var gradient = new double[4];
        posterior.Evaluate(point, gradient);
        for (var i = 0; i < 4; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            var slope = (posterior.Evaluate(up, new double[4]) - posterior.Evaluate(down, new double[4])) / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-5 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void Fit_DataOfAKnownProcess_FindsWhichParameterMatters()
    {
        var stream = RandomKey.FromSeed(3).CreateStream();
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("idle", 0, 1).Build();
        var features = Enumerable.Range(0, 40).Select(_ => new[] { stream.NextDouble(), stream.NextDouble() }).ToArray();
        var targets = features.Select(row => Math.Sin(9 * row[0])).ToArray();
        var fit = GaussianProcessFit.Fit(features, targets, new FeatureMap(space), null, null, RandomKey.FromSeed(1));
        Assert.True(fit.Lengths[0] < 1, $"length {fit.Lengths[0]}");
        Assert.True(fit.Lengths[1] > 5 * fit.Lengths[0], $"lengths {fit.Lengths[0]} and {fit.Lengths[1]}");
        Assert.True(fit.Noise < 1e-3, $"noise {fit.Noise}");
    }

    private static (double[][] Features, double[] Targets) Data(int count, ulong seed = 1)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var features = Enumerable.Range(0, count).Select(_ => new[] { stream.NextDouble(), stream.NextDouble(), stream.NextDouble() })
            .ToArray();
        return (features, [.. features.Select(row => Math.Sin(5 * row[0]) + (row[1] * row[2]) + 0.5)]);
    }

    // Equation 4.17 of Rasmussen and Williams, written out.
    private static double Kernel(double[] left, double[] right)
    {
        var squared = Enumerable.Range(0, 3).Sum(c => Math.Pow((left[c] - right[c]) / Parameters.Lengths[Groups[c]], 2));
        var r = Math.Sqrt(squared);
        return Parameters.Signal * (1 + (Math.Sqrt(5) * r) + (5 * r * r / 3)) * Math.Exp(-Math.Sqrt(5) * r);
    }

    private static double[,] Inverse(double[][] features)
    {
        var n = features.Length;
        var a = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                a[i, j] = Kernel(features[i], features[j]) + (i == j ? Parameters.Noise : 0);
            a[i, n + i] = 1;
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = a[pivot, pivot];
            for (var j = 0; j < 2 * n; j++)
                a[pivot, j] /= scale;
            for (var i = 0; i < n; i++)
            {
                var factor = i == pivot ? 0 : a[i, pivot];
                for (var j = 0; j < 2 * n && factor != 0; j++)
                    a[i, j] -= factor * a[pivot, j];
            }
        }

        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                inverse[i, j] = a[i, n + j];
        }

        return inverse;
    }

    private static double Bilinear(double[] left, double[,] matrix, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
                sum += left[i] * matrix[i, j] * right[j];
        }

        return sum;
    }
}
