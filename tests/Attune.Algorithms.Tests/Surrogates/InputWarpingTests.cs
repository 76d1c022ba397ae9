using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Samplers;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class InputWarpingTests
{
    private static readonly KernelFeatures Map = new(ReferenceProcess.Map.Space, isWarped: true);

    [Fact]
    public void Apply_Rows_IsTheDistributionFunctionOfKumaraswamyForNumbersAlone()
    {
        var (features, _) = ReferenceProcess.Data(6);
        var parameters = Warped(additive: false);
        var warped = new double[features.Length];

        InputWarping.Of(Map, parameters)!.Apply(features, warped);

        for (var i = 0; i < features.Length; i++)
        {
            var k = Map.WarpedColumns.AsSpan().IndexOf(i % Map.Columns);
            var expected = k < 0 ? features[i]
                : 1 - Math.Pow(1 - Math.Pow(features[i], parameters.Warps[2 * k]), parameters.Warps[(2 * k) + 1]);
            Assert.Equal(expected, warped[i], 1e-5);
        }
    }

    [Fact]
    public void Apply_ShapesOfOne_ChangeNothing()
    {
        var (features, targets) = ReferenceProcess.Data(12);
        var plain = ReferenceProcess.Parameters(additive: true);
        var warps = Enumerable.Repeat(1.0, 2 * Map.WarpedColumns.Length).ToArray();
        var (queries, _) = ReferenceProcess.Data(9, seed: 4);
        var (means, variances, means2, variances2) = (new double[9], new double[9], new double[9], new double[9]);

        new GaussianProcess(Map, Smoothness.Matern52, plain, features, targets).Predict(queries, means, variances);
        new GaussianProcess(Map, Smoothness.Matern52, plain with { Warps = warps }, features, targets).Predict(queries, means2, variances2);

        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(means[i], means2[i], 1e-4);
            Assert.Equal(variances[i], variances2[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(Smoothness.Matern52, false)]
    [InlineData(Smoothness.Matern52, true)]
    [InlineData(Smoothness.SquaredExponential, false)]
    [InlineData(Smoothness.SquaredExponential, true)]
    public void Evaluate_LogPosterior_HasTheGradientOfFiniteDifferences(Smoothness smoothness, bool additive)
    {
        var (features, targets) = ReferenceProcess.Data(31);
        var posterior = new LogPosterior(Map, smoothness, new(Map, additive, null), features, targets);
        var point = Warped(additive).ToLogarithms();
        var (gradient, none) = (new double[point.Length], new double[point.Length]);
        posterior.Evaluate(point, gradient);
        for (var i = 0; i < point.Length; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            var slope = (posterior.Evaluate(up, none) - posterior.Evaluate(down, none)) / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Theory]
    [InlineData("improvement")]
    [InlineData("path")]
    [InlineData("fantasies")]
    public void Evaluate_Acquisition_HasTheGradientOfFiniteDifferences(string name)
    {
        const double Step = 1e-6;
        var (features, targets) = ReferenceProcess.Data(13);
        var process = new GaussianProcess(Map, Smoothness.Matern52, Warped(additive: true), features, targets);
        var (pending, _) = ReferenceProcess.Data(2, seed: 8);
        var stream = RandomKey.FromSeed(2).CreateStream();
        IFeatureFunction function = name switch
        {
            "improvement" => new ProcessAcquisition(process, new LogExpectedImprovement(0.1)),
            "path" => new PathAcquisition(new(process, ref stream)),
            _ => new MemberBuilder(
                new(AcquisitionKind.LogExpectedImprovement) { Pending = PendingMethod.Fantasies }, pending, [true, true], () => [],
                RandomKey.FromSeed(3)).Build(process, 0.4),
        };
        var point = ReferenceProcess.Row(ReferenceProcess.Data(1, seed: 19).Features, 0);
        int[] columns = [0, 1, 5];
        var (gradient, values) = (new double[3], new double[3]);
        var value = function.Evaluate(point, columns, gradient);
        for (var k = 0; k < 3; k++)
        {
            double[] up = [.. point], down = [.. point];
            up[columns[k]] += Step;
            down[columns[k]] -= Step;
            function.Evaluate([.. point, .. up, .. down], values);
            Assert.Equal(values[0], value, 1e-9);
            var slope = (values[1] - values[2]) / (2 * Step);
            Assert.Equal(slope, gradient[k], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void Fit_LossThatChangesFasterNearAnEnd_LearnsWhereAndPredictsBetter()
    {
        // A wave that runs ever faster towards 0, and evenly in 1 − (1 − x)⁴.
        var space = new SearchSpace([new FloatParameter("x", 0, 1)]);
        var stream = RandomKey.FromSeed(12).CreateStream();
        Configuration Draw(ref RandomStream from) => space.Configure([new("x", from.NextDouble())]);
        static double Wave(Configuration point) => Math.Sin(7 * (1 - Math.Pow(1 - point.GetDouble("x"), 4)));
        var (train, test) = (new Configuration[16], new Configuration[200]);
        for (var i = 0; i < train.Length; i++)
            train[i] = space.Configure([new("x", i / 15.0)]);
        for (var i = 0; i < test.Length; i++)
            test[i] = Draw(ref stream);

        double Error(bool isWarped)
        {
            var surrogate = new GaussianProcessSurrogate { Additive = false, InputWarping = isWarped, Noise = 1e-6 };
            var posterior = surrogate.Fit(new(space, train), Array.ConvertAll(train, Wave), RandomKey.FromSeed(1));
            var (means, variances) = (new double[test.Length], new double[test.Length]);
            posterior.Predict(new(space, test), means, variances);
            return Math.Sqrt(test.Select((point, i) => Math.Pow(Wave(point) - means[i], 2)).Average());
        }

        var (warped, plain) = (Error(true), Error(false));
        Assert.True(warped < 0.6 * plain, $"{warped} against {plain}");
    }

    [Fact]
    public void Annotation_WarpedModel_KeepsTheShapes()
    {
        var state = new GpState(20, 18, double.PositiveInfinity, Warped(additive: true).Rounded());

        var read = GpState.Read(Explanation.Write(writer => state.Write(writer)), Map.Components.Length)!;

        Assert.Equal(state.Parameters.Warps, read.Parameters.Warps);
        Assert.Equal(state.Parameters.ToLogarithms(), read.Parameters.ToLogarithms());
        var again = Hyperparameters.FromLogarithms(read.Parameters.ToLogarithms(), Map.Components.Length, read.Parameters.Warps.Length);
        Assert.Equal(read.Parameters.Warps, again.Warps, (left, right) => Math.Abs(left - right) < 1e-12);
        Assert.Equal(read.Parameters.AdditiveSignal, again.AdditiveSignal, 1e-12);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 0)]
    public void WarpedColumns_ManyNumbers_AreAllUpTo100AndNoneBeyond(int parameters, int expected)
    {
        var space = new SearchSpace(Enumerable.Range(0, parameters).Select(i => new FloatParameter($"x{i}", 0, 1)));

        Assert.Equal(expected, new KernelFeatures(space, isWarped: true).WarpedColumns.Length);
    }

    private static Hyperparameters Warped(bool additive) => ReferenceProcess.Parameters(additive) with
    {
        Warps = [.. Enumerable.Range(0, 2 * Map.WarpedColumns.Length).Select(k => 0.6 + (0.25 * k))],
    };
}
