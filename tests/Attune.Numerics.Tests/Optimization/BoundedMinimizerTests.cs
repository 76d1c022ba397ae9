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
}
