using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class GaussianProcessTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Int("n", 1, 9)
        .Categorical("kind", ["a", "b", "c"])
        .Float("y", 0, 1, when: "kind == 'a'")
        .Build();

    internal static readonly KernelFeatures Map = new(Space);

    public static TheoryData<Smoothness, bool> Kernels() => new()
    {
        { Smoothness.Matern52, false }, { Smoothness.Matern52, true },
        { Smoothness.SquaredExponential, false }, { Smoothness.SquaredExponential, true },
    };

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
    [MemberData(nameof(Kernels))]
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
    [MemberData(nameof(Kernels))]
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

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Evaluate_LogPosterior_HasTheGradientOfFiniteDifferences(Smoothness smoothness, bool additive)
    {
        var (features, targets) = Data(31);
        var posterior = new LogPosterior(Map, smoothness, new(Map, additive, null), features, targets);
        var point = Parameters(additive).ToLogarithms();
        var gradient = new double[point.Length];
        posterior.Evaluate(point, gradient);
        for (var i = 0; i < point.Length; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            var none = new double[point.Length];
            var slope = (posterior.Evaluate(up, none) - posterior.Evaluate(down, none)) / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void LogLikelihood_RandomData_EqualsTheFormulaWithADenseInverse()
    {
        // With c at its maximum, c² / 2 belongs to the exponent (Rasmussen and Williams, equation 2.30 and section 2.7).
        var parameters = Parameters(additive: true);
        var (features, targets) = Data(14);
        var posterior = new LogPosterior(Map, Smoothness.Matern52, new(Map, isAdditive: true, null), features, targets);
        var inverse = Inverse(Smoothness.Matern52, parameters, features);
        var ones = new double[14];
        Array.Fill(ones, 1);
        var c = Bilinear(ones, inverse, targets) / (1 + Bilinear(ones, inverse, ones));
        double[] centred = [.. targets.Select(target => target - c)];
        var expected = -0.5 * (Bilinear(centred, inverse, centred) + (c * c) - LogDeterminant(inverse));
        Assert.Equal(expected, posterior.LogLikelihood(parameters.ToLogarithms()), 1e-8);
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

    [Fact]
    public void Move_EllipticalSlices_DrawFromAGaussianPosterior()
    {
        // With no data the posterior is the prior: the draws must have its moments.
        var posterior = new LogPosterior(Map, Smoothness.Matern52, new(Map, isAdditive: false, null), [], []);
        var state = posterior.Prior.Means.ToArray();
        var approximation = LaplaceApproximation.Of(posterior, posterior.Prior.Means.ToArray());
        var stream = RandomKey.FromSeed(4).CreateStream();
        var (sum, squares) = (0.0, 0.0);
        const int Draws = 4_000;
        for (var i = 0; i < Draws; i++)
        {
            EllipticalSliceSampler.Move(posterior, approximation, state, 1, ref stream);
            var z = (state[0] - posterior.Prior.Means[0]) / posterior.Prior.Deviations[0];
            sum += z;
            squares += z * z;
        }

        // Draws are nearly uncorrelated without data; the bounds are five standard errors.
        Assert.InRange(sum / Draws, -0.08, 0.08);
        Assert.InRange(squares / Draws, 0.88, 1.12);
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

    internal static Hyperparameters Parameters(bool additive) => additive
        ? new([0.4, 0.9, 1.1, 0.7, 2], 1.7, [0.3, 0.5, 0.8, 0.6, 1.5], 0.9, 0.01)
        : new([0.4, 0.9, 1.1, 0.7, 2], 1.7, [], 0, 0.01);

    internal static (double[] Features, double[] Targets) Data(int count, ulong seed = 1)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var points = new Configuration[count];
        for (var i = 0; i < count; i++)
            points[i] = Space.Sample(ref stream);
        var features = Map.Encode(points);
        return (features, [.. Enumerable.Range(0, count).Select(i => Math.Sin(5 * Row(features, i)[0]) + Row(features, i)[2] + 0.5)]);
    }

    internal static double[] Row(double[] features, int row) => features[(row * Map.Columns)..((row + 1) * Map.Columns)];

    // Equations 4.9 and 4.17 of Rasmussen and Williams, written out.
    internal static double Kernel(Smoothness smoothness, Hyperparameters parameters, double[] left, double[] right)
    {
        var joint = parameters.Signal * Correlation(Enumerable.Range(0, Map.Columns)
            .Sum(c => Math.Pow((left[c] - right[c]) / parameters.Lengths[Map.Groups[c]], 2)));
        if (!parameters.IsAdditive)
            return joint;
        var parts = Enumerable.Range(0, Map.Columns).GroupBy(c => Map.Components[Map.Groups[c]]).Sum(columns => Correlation(
            columns.Sum(c => Math.Pow((left[c] - right[c]) / parameters.AdditiveLengths[Map.Groups[c]], 2))));
        return joint + (parameters.AdditiveSignal / 4 * parts);

        double Correlation(double squared)
        {
            var r = Math.Sqrt(squared);
            return smoothness == Smoothness.SquaredExponential ? Math.Exp(-squared / 2)
                : (1 + (Math.Sqrt(5) * r) + (5 * squared / 3)) * Math.Exp(-Math.Sqrt(5) * r);
        }
    }

    internal static double[,] Inverse(Smoothness smoothness, Hyperparameters parameters, double[] features)
    {
        var n = features.Length / Map.Columns;
        var a = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                a[i, j] = Kernel(smoothness, parameters, Row(features, i), Row(features, j)) + (i == j ? parameters.Noise : 0);
            a[i, n + i] = 1;
        }

        Eliminate(a, 2 * n);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                inverse[i, j] = a[i, n + j];
        }

        return inverse;
    }

    private static double LogDeterminant(double[,] matrix)
    {
        var copy = (double[,])matrix.Clone();
        return Eliminate(copy, copy.GetLength(1));
    }

    // Gauss–Jordan elimination; gives the logarithm of the determinant.
    private static double Eliminate(double[,] a, int width)
    {
        var (n, logarithm) = (a.GetLength(0), 0.0);
        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = a[pivot, pivot];
            logarithm += Math.Log(scale);
            for (var j = 0; j < width; j++)
                a[pivot, j] /= scale;
            for (var i = 0; i < n; i++)
            {
                var factor = i == pivot ? 0 : a[i, pivot];
                for (var j = 0; j < width && factor != 0; j++)
                    a[i, j] -= factor * a[pivot, j];
            }
        }

        return logarithm;
    }

    internal static double Bilinear(double[] left, double[,] matrix, double[] right)
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
