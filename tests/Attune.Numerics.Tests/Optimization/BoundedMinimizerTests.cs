using static Attune.Numerics.Tests.Optimization.TestFunctions;

namespace Attune.Numerics.Tests.Optimization;

public sealed class BoundedMinimizerTests
{
    private static readonly BoundedMinimizerOptions Precise = new() { GradientTolerance = 1e-7, ValueTolerance = 0 };

    private static readonly double Infinity = double.PositiveInfinity;

    private static MinimizationResult Minimize(
        DifferentiableFunction function, double[] point, double[] lower, double[] upper, BoundedMinimizerOptions? options = null) =>
        new BoundedMinimizer(point.Length, options).Minimize(function, point, lower, upper);

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    public void Minimize_RosenbrockWithoutBounds_FindsItsMinimum(int dimensions)
    {
        double[] point = Repeat(dimensions, -1.2, 1);
        MinimizationResult result = Minimize(Rosenbrock, point, Repeat(dimensions, -Infinity), Repeat(dimensions, Infinity), Precise);
        Assert.Equal(ExitReason.GradientTolerance, result.Exit);
        Assert.True(result.ProjectedGradientNorm <= 1e-7);
        Assert.All(point, x => Assert.Equal(1, x, 1e-6));
    }

    // With x ≤ 1/2 the minimum is at (1/2, 1/4), where the value is 1/4.
    [Fact]
    public void Minimize_RosenbrockWithActiveBound_FindsTheConstrainedMinimum()
    {
        double[] point = [-1.2, 1];
        MinimizationResult result = Minimize(Rosenbrock, point, [-1.5, -1.5], [0.5, 2], Precise);
        Assert.Equal(ExitReason.GradientTolerance, result.Exit);
        Assert.Equal(0.5, point[0]);
        Assert.Equal(0.25, point[1], 1e-10);
        Assert.Equal(0.25, result.Value, 1e-12);
    }

    // A separable quadratic has the closed form: its free minimum, moved into the bounds.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Minimize_SeparableQuadratic_ClipsTheFreeMinimum(int dimensions)
    {
        double[] point = new double[dimensions];
        MinimizationResult result = Minimize(Separable, point, Repeat(dimensions, -1, -0.25), Repeat(dimensions, 1, 0.5), Precise);
        Assert.True(result.Exit is ExitReason.GradientTolerance or ExitReason.ValueTolerance);
        for (int i = 0; i < dimensions; i++)
        {
            double expected = Math.Clamp(2 * Math.Sin(i + 1), i % 2 == 0 ? -1 : -0.25, i % 2 == 0 ? 1 : 0.5);
            Assert.Equal(expected, point[i], 1e-7);
        }

        static double Separable(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double value = 0;
            for (int i = 0; i < x.Length; i++)
            {
                gradient[i] = (i + 1) * (x[i] - 2 * Math.Sin(i + 1));
                value += gradient[i] * (x[i] - 2 * Math.Sin(i + 1)) / 2;
            }

            return value;
        }
    }

    // Karush, Kuhn and Tucker: at the minimum of a convex function the gradient is zero where free and points outwards at bounds.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    public void Minimize_CoupledQuadratic_SatisfiesTheOptimalityConditions(int dimensions)
    {
        double[] point = new double[dimensions], gradient = new double[dimensions];
        MinimizationResult result = Minimize(Quadratic, point, Repeat(dimensions, -1), Repeat(dimensions, 1), Precise);
        Quadratic(point, gradient);
        int active = 0;
        for (int i = 0; i < dimensions; i++)
        {
            Assert.InRange(point[i], -1, 1);
            if (point[i] is -1 or 1)
            {
                active++;
                Assert.True(gradient[i] * point[i] <= 0);
            }
            else
            {
                Assert.Equal(0, gradient[i], 1e-5);
            }
        }

        Assert.True(active >= dimensions / 3);
        Assert.True(result.Exit is ExitReason.GradientTolerance or ExitReason.ValueTolerance);
    }

    public static TheoryData<string, double, int> Recorded => new()
    {
        { "rosenbrock-2", 0, 44 },
        { "rosenbrock-2-bounded", 0.25, 30 },
        { "rosenbrock-10", 0, 88 },
        { "rosenbrock-100", 0, 618 },
        { "rosenbrock-100-bounded", 95.09173506183019, 37 },
        { "chained-25", 0, 28 },
        { "quadratic-100", 0.0003075057309959257, 57 },
        { "quadratic-100-bounded", 873.1252594450136, 22 },
        { "quadratic-1-bounded", 0.7080734182735712, 3 },
        { "beale", 0, 16 },
        { "beale-bounded", 0.5233448360106083, 10 },
    };

    // Optimum and evaluations of scipy 1.10.1, minimize(method='L-BFGS-B', jac=True, options={'maxcor': 10}) with its default tolerances,
    // which are the defaults here. Not more than a tenth and two evaluations above it, for the same optimum.
    [Theory]
    [MemberData(nameof(Recorded))]
    public void Minimize_ProblemsSolvedWithScipy_NeedsAsManyEvaluations(string problem, double optimum, int evaluations)
    {
        double[] free100 = Repeat(100, Infinity), free2 = [Infinity, Infinity];
        (DifferentiableFunction function, double[] start, double[] lower, double[] upper) = problem switch
        {
            "rosenbrock-2" => (Rosenbrock, [-1.2, 1], Repeat(2, -Infinity), free2),
            "rosenbrock-2-bounded" => (Rosenbrock, [-1.2, 1], [-1.5, -1.5], [0.5, 2]),
            "rosenbrock-10" => (Rosenbrock, Repeat(10, -1.2, 1), Repeat(10, -Infinity), Repeat(10, Infinity)),
            "rosenbrock-100" => (Rosenbrock, Repeat(100, -1.2, 1), Repeat(100, -Infinity), free100),
            "rosenbrock-100-bounded" => (Rosenbrock, Repeat(100, -1.2, 1), Repeat(100, -2), Repeat(100, 0.8)),
            "chained-25" => (Chained, Repeat(25, 3), Repeat(25, 1, -100), Repeat(25, 100)),
            "quadratic-100" => (Quadratic, new double[100], Repeat(100, -Infinity), free100),
            "quadratic-100-bounded" => (Quadratic, new double[100], Repeat(100, -1), Repeat(100, 1)),
            "quadratic-1-bounded" => (Quadratic, new double[1], [-1.0], [1.0]),
            "beale" => ((DifferentiableFunction)Beale, (double[])[1, 1], Repeat(2, -Infinity), free2),
            _ => (Beale, [1, 1], [-4.5, -4.5], [2, 4.5]),
        };
        MinimizationResult result = Minimize(function, start, lower, upper);
        Assert.Equal(optimum, result.Value, 1e-8 * Math.Max(1, optimum));
        Assert.InRange(result.Evaluations, 1, evaluations + evaluations / 10 + 2);
        Assert.True(result.Exit is ExitReason.GradientTolerance or ExitReason.ValueTolerance);
    }

    [Fact]
    public void Minimize_StartOnAndOutsideBounds_MovesInAndLeavesThem()
    {
        double[] point = [-50, 0.5];
        MinimizationResult result = Minimize(Rosenbrock, point, [-2, -1], [2, 0.5], Precise);
        Assert.Equal(ExitReason.GradientTolerance, result.Exit);
        Assert.Equal(0.5, point[1]);

        // On y = 1/2 the minimum solves 2(x - 1) - 400x(1/2 - x²) = 0.
        Assert.Equal(0, 2 * (point[0] - 1) - 400 * point[0] * (0.5 - point[0] * point[0]), 1e-6);
    }

    [Fact]
    public void Minimize_StartAtTheConstrainedMinimum_EndsAtOnce()
    {
        double[] point = [1.0, -1];
        MinimizationResult result = Minimize(Linear, point, [-1, -1], [1, 1]);
        Assert.Equal(new MinimizationResult(-2, 0, 0, 1, ExitReason.GradientTolerance), result);

        static double Linear(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (gradient[0], gradient[1]) = (-1, 1);
            return x[1] - x[0];
        }
    }

    [Fact]
    public void Minimize_EqualBounds_FixTheVariable()
    {
        double[] point = [0, 0.36];
        MinimizationResult result = Minimize(Rosenbrock, point, [-2, 0.36], [2, 0.36], Precise);
        Assert.Equal(ExitReason.GradientTolerance, result.Exit);
        Assert.Equal(0.36, point[1]);
        Assert.Equal(0, 2 * (point[0] - 1) - 400 * point[0] * (0.36 - point[0] * point[0]), 1e-6);
    }

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
    public void Minimize_EveryEvaluation_IsWithinTheBounds()
    {
        double[] point = Repeat(30, 1.9, -1.9);
        Minimize(Guarded, point, Repeat(30, -2, -0.5), Repeat(30, 2, 0.8));

        static double Guarded(ReadOnlySpan<double> x, Span<double> gradient)
        {
            for (int i = 0; i < x.Length; i++)
                Assert.InRange(x[i], i % 2 == 0 ? -2 : -0.5, i % 2 == 0 ? 2 : 0.8);
            return Rosenbrock(x, gradient);
        }
    }

    [Fact]
    public void Minimize_SameInstanceAgain_GivesTheSameBitsAndAllocatesNothing()
    {
        var minimizer = new BoundedMinimizer(10);
        DifferentiableFunction function = Rosenbrock;
        double[] lower = Repeat(10, -2), upper = Repeat(10, 0.9), between = Repeat(10, 0.3);
        double[] first = Repeat(10, -1.2, 1), second = [.. first];
        MinimizationResult one = minimizer.Minimize(function, first, lower, upper);
        minimizer.Minimize(function, between, lower, upper);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MinimizationResult two = minimizer.Minimize(function, second, lower, upper);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(one, two);
        Assert.Equal(first, second);
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
