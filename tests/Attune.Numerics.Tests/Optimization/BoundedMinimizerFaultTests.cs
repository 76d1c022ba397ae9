using static Attune.Numerics.Tests.Optimization.TestFunctions;

namespace Attune.Numerics.Tests.Optimization;

/// <summary>Functions, limits and arguments that are not as they should be.</summary>
public sealed class BoundedMinimizerFaultTests
{
    private static readonly BoundedMinimizerOptions Precise = new() { GradientTolerance = 1e-7, ValueTolerance = 0 };

    private static readonly double Infinity = double.PositiveInfinity;

    private static MinimizationResult Minimize(
        DifferentiableFunction function, double[] point, double[] lower, double[] upper, BoundedMinimizerOptions? options = null) =>
        new BoundedMinimizer(point.Length, options).Minimize(function, point, lower, upper);

    // The function is log-like: undefined from x = 1 down, and the first step would land there.
    [Fact]
    public void Minimize_NonFiniteValuesOnTheWay_AreBackedOff()
    {
        int undefined = 0;
        double[] point = [200, 3];
        MinimizationResult result = Minimize(Barrier, point, [-1e6, -Infinity], [1e6, Infinity], Precise);
        Assert.True(undefined > 0);
        Assert.True(result.Exit is ExitReason.GradientTolerance or ExitReason.ValueTolerance);
        Assert.Equal(1.001, point[0], 1e-8);
        Assert.Equal(0, point[1], 1e-8);

        double Barrier(ReadOnlySpan<double> x, Span<double> gradient)
        {
            if (x[0] <= 1)
            {
                undefined++;
                gradient.Fill(double.NaN);
                return double.NaN;
            }

            (gradient[0], gradient[1]) = (1000 - 1 / (x[0] - 1), 2 * x[1]);
            return 1000 * x[0] - Math.Log(x[0] - 1) + x[1] * x[1];
        }
    }

    // Whatever a function returns, a run ends within its limits, never above its start and never outside its bounds.
    [Fact]
    public void Minimize_ErraticFunction_EndsProperly()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            RandomStream stream = RandomKey.FromSeed(seed).CreateStream();
            double[] point = Repeat(3, -1.2, 1, 0.1);
            MinimizationResult result = Minimize(Erratic, point, [-2, -Infinity, 0], [2, 2, 1]);
            Assert.InRange(result.Evaluations, 1, 2000);
            Assert.False(result.Value > Rosenbrock(Repeat(3, -1.2, 1, 0.1), new double[3]));
            Assert.InRange(point[0], -2, 2);
            Assert.InRange(point[1], double.MinValue, 2);
            Assert.InRange(point[2], 0, 1);

            double Erratic(ReadOnlySpan<double> x, Span<double> gradient)
            {
                double value = Rosenbrock(x, gradient);
                int fault = stream.Position == 0 ? 99 : stream.NextInt(12);
                stream.NextDouble();
                if (fault == 1)
                    gradient[0] = double.PositiveInfinity;
                else if (fault == 2)
                    gradient[1] = 1e300 * stream.NextNormal();
                else if (fault == 3)
                    gradient[2] = 0;
                return fault == 0 ? double.NaN : fault == 4 ? 1e300 : value;
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Minimize_NonFiniteStart_SaysSo(double value)
    {
        double[] point = [0.5];
        MinimizationResult result = Minimize((_, _) => value, point, [0.0], [1.0]);
        Assert.Equal((ExitReason.NonFiniteStart, 1), (result.Exit, result.Evaluations));
        Assert.Equal(0.5, point[0]);
    }

    [Fact]
    public void Minimize_GradientOfTheWrongSign_FailsWithoutLosingTheStart()
    {
        double[] point = [0.7, -0.3];
        MinimizationResult result = Minimize(Reversed, point, [-1, -1], [1, 1]);
        Assert.Equal(ExitReason.LineSearchFailed, result.Exit);
        Assert.Equal([0.7, -0.3], point);
        Assert.Equal(0.58, result.Value, 1e-15);

        static double Reversed(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (gradient[0], gradient[1]) = (-2 * x[0], -2 * x[1]);
            return x[0] * x[0] + x[1] * x[1];
        }
    }

    [Fact]
    public void Minimize_NoisyGradient_NeverEndsAboveTheStart()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            RandomStream stream = RandomKey.FromSeed(seed).CreateStream();
            double[] point = [-1.2, 1, -1.2, 1];
            MinimizationResult result = Minimize(Noisy, point, Repeat(4, -2), Repeat(4, 2));
            double value = Rosenbrock(point, new double[4]);
            Assert.Equal(value, result.Value);
            Assert.True(value <= Rosenbrock([-1.2, 1, -1.2, 1], new double[4]));

            double Noisy(ReadOnlySpan<double> x, Span<double> gradient)
            {
                double exact = Rosenbrock(x, gradient);
                foreach (ref double element in gradient)
                    element += 20 * stream.NextNormal();
                return exact;
            }
        }
    }

    [Fact]
    public void Minimize_LimitsReached_SaysWhich()
    {
        double[] start = [-1.2, 1], lower = [-Infinity, -Infinity], upper = [Infinity, Infinity];
        MinimizationResult result = Minimize(Rosenbrock, [.. start], lower, upper, new BoundedMinimizerOptions { MaxIterations = 3 });
        Assert.Equal((ExitReason.MaxIterations, 3), (result.Exit, result.Iterations));
        for (int limit = 1; limit < 12; limit++)
        {
            double[] point = [.. start];
            result = Minimize(Rosenbrock, point, lower, upper, new BoundedMinimizerOptions { MaxEvaluations = limit });
            Assert.Equal((ExitReason.MaxEvaluations, limit), (result.Exit, result.Evaluations));
            Assert.Equal(Rosenbrock(point, new double[2]), result.Value);
        }
    }

    [Fact]
    public void Minimize_WrongArguments_AreRefused()
    {
        var minimizer = new BoundedMinimizer(2);
        Assert.Throws<ArgumentException>("point", () => minimizer.Minimize(Beale, new double[1], new double[2], new double[2]));
        Assert.Throws<ArgumentException>("lower", () => minimizer.Minimize(Beale, new double[2], new double[1], new double[2]));
        Assert.Throws<ArgumentException>("upper", () => minimizer.Minimize(Beale, new double[2], new double[2], new double[3]));
        Assert.Throws<ArgumentException>("point", () => minimizer.Minimize(Beale, [double.NaN, 0], [0, 0], [1, 1]));
        var exception = Assert.Throws<ArgumentException>("lower", () => minimizer.Minimize(Beale, [0, 0], [0, 2], [1, 1]));
        Assert.Contains("Variable 1 has the bounds 2 and 1", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("lower", () => minimizer.Minimize(Beale, [0, 0], [0, double.NaN], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new BoundedMinimizer(0));
        Assert.Throws<ArgumentOutOfRangeException>("Memory", () => new BoundedMinimizer(1, new BoundedMinimizerOptions { Memory = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "MaxIterations", () => new BoundedMinimizer(1, new BoundedMinimizerOptions { MaxIterations = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "MaxEvaluations", () => new BoundedMinimizer(1, new BoundedMinimizerOptions { MaxEvaluations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "GradientTolerance", () => new BoundedMinimizer(1, new BoundedMinimizerOptions { GradientTolerance = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(
            "ValueTolerance", () => new BoundedMinimizer(1, new BoundedMinimizerOptions { ValueTolerance = -1 }));
    }
}
