using Attune.Numerics;

namespace Attune.Testing;

/// <summary>Test problems with published optima. All are minimised; the metric of a single objective is <c>loss</c>.</summary>
public static class TestProblems
{
    private const string Loss = "loss";

    private static readonly double[] HartmannWeights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] HartmannScales =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    // In units of 1e-4.
    private static readonly double[][] HartmannCenters =
    [
        [1312, 1696, 5569, 124, 8283, 5886],
        [2329, 4135, 8307, 3736, 1004, 9991],
        [2348, 1451, 3522, 2883, 3047, 6650],
        [4047, 8828, 8732, 5743, 1091, 381],
    ];

    /// <summary>All problems, in dimensions that suit a test.</summary>
    public static IReadOnlyList<TestProblem> All { get; } =
        [Branin(), Hartmann6(), Sphere(4), Conditional(), Noisy(0.1), TwoObjectives(), Curves()];

    /// <summary>Branin's function of two parameters, with three global minima.</summary>
    public static TestProblem Branin() => Single(
        "branin",
        new SearchSpaceBuilder().Float("x", -5, 10).Float("y", 0, 15).Build(),
        (configuration, _) => Branin(configuration.GetDouble("x"), configuration.GetDouble("y")),
        0.397887357729739,
        "L. C. W. Dixon, G. P. Szegő, Towards Global Optimisation 2, 1978; minima at (−π, 12.275), (π, 2.275), (9.42478, 2.475)");

    /// <summary>Hartmann's function of six parameters, with six local minima.</summary>
    public static TestProblem Hartmann6()
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 1; i <= 6; i++)
            builder.Float($"x{i}", 0, 1);
        return Single(
            "hartmann6", builder.Build(), (configuration, _) => Hartmann(configuration.Numbers), -3.32236801141551,
            "L. C. W. Dixon, G. P. Szegő, Towards Global Optimisation 2, 1978; minimum at "
            + "(0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573)");
    }

    /// <summary>The sum of squares in [−1, 1]ⁿ, moved off the middle: the minimum is 0 at x = 0.3.</summary>
    /// <param name="dimensions">n, at least 1.</param>
    public static TestProblem Sphere(int dimensions)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 1; i <= dimensions; i++)
            builder.Float($"x{i}", -1, 1);
        return Single("sphere", builder.Build(), (configuration, _) => SquaredDistance(configuration.Numbers, 0.3), 0, "closed form");
    }

    /// <summary>A choice between two models with parameters of their own, an integer and a rate on a log scale; the minimum is 0 for the
    /// first model.</summary>
    public static TestProblem Conditional()
    {
        var space = new SearchSpaceBuilder()
            .Categorical("model", ["kernel", "linear"])
            .Float("rate", 1e-4, 1, Scale.Log)
            .Float("width", 0.01, 10, Scale.Log, when: "model == 'kernel'")
            .Int("depth", 1, 9, when: "model == 'kernel'")
            .Float("shrinkage", 0, 1, when: "model == 'linear'")
            .Build();
        return Single("conditional", space, Evaluate, 0,
            "closed form: 0 at model=kernel, rate=0.01, width=1, depth=4; model=linear has 0.2 at best");

        static double Evaluate(Configuration configuration, RandomStream noise)
        {
            var rate = Math.Pow(Math.Log10(configuration.GetDouble("rate")) + 2, 2) / 4;
            return configuration.GetText("model") == "kernel"
                ? rate + (Math.Pow(Math.Log10(configuration.GetDouble("width")), 2) / 2)
                    + (Math.Pow(configuration.GetInt("depth") - 4, 2) / 25)
                : 0.2 + rate + Math.Pow(configuration.GetDouble("shrinkage") - 0.5, 2);
        }
    }

    /// <summary>The two-dimensional <see cref="Sphere"/> with normal noise.</summary>
    /// <param name="deviation">The standard deviation of the noise.</param>
    public static TestProblem Noisy(double deviation)
    {
        var sphere = Sphere(2);
        return Single(
            "noisy", sphere.Problem.Space,
            (configuration, noise) => SquaredDistance(configuration.Numbers, 0.3) + (deviation * noise.NextNormal()), 0, "closed form");
    }

    /// <summary>Two objectives, f = x² + y² and g = (x − 1)² + y²: the Pareto set is 0 ≤ x ≤ 1, y = 0, its front √f + √g = 1.</summary>
    public static TestProblem TwoObjectives() => new(
        "two-objectives",
        new Problem(new SearchSpaceBuilder().Float("x", -2, 2).Float("y", -2, 2).Build(), [new Objective("f"), new Objective("g")]),
        (configuration, _, _) =>
        {
            var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
            return new([new("f", (x * x) + (y * y)), new("g", ((x - 1) * (x - 1)) + (y * y))]);
        },
        [0, 0],
        "J. D. Schaffer, Multiple objective optimization with vector evaluated genetic algorithms, 1985, in two dimensions and scaled");

    /// <summary>The <see cref="Sphere"/> in two dimensions, approached over 9 epochs: at epoch r the loss is larger by 1/r.</summary>
    public static TestProblem Curves()
    {
        var space = Sphere(2).Problem.Space;
        return new(
            "curves",
            new Problem(space, [new Objective(Loss)], fidelities: [new Fidelity("epoch", 1, 9)]),
            (configuration, resource, _) => new(Loss, SquaredDistance(configuration.Numbers, 0.3) + (1 / (resource ?? 9))),
            [1.0 / 9],
            "closed form");
    }

    /// <summary><see cref="TwoObjectives"/>, approached over 9 epochs: at epoch r both objectives are larger by 1/r.</summary>
    public static TestProblem TwoObjectiveCurves()
    {
        var plain = TwoObjectives();
        return new(
            "two-objective-curves",
            new Problem(plain.Problem.Space, plain.Problem.Objectives, fidelities: [new Fidelity("epoch", 1, 9)]),
            (configuration, resource, seed) => new(plain.Evaluate(configuration, null, seed)
                .Select(pair => new KeyValuePair<string, double>(pair.Key, pair.Value + (1 / (resource ?? 9))))),
            [1.0 / 9, 1.0 / 9],
            "closed form");
    }

    /// <summary><see cref="Curves"/> with the outcome constraint that the metric <c>size</c>, which is the first parameter, is at most a
    /// limit.</summary>
    /// <param name="limit">The limit; from −1 (nothing keeps it) to 1. The optimum does when it is at least 0.3.</param>
    public static TestProblem ConstrainedCurves(double limit = 0.5)
    {
        var plain = Curves();
        return new(
            "constrained-curves",
            new Problem(
                plain.Problem.Space, plain.Problem.Objectives, [new OutcomeConstraint("size", AtMost: limit)], plain.Problem.Fidelities),
            (configuration, resource, seed) => new(
                [.. plain.Evaluate(configuration, resource, seed), new("size", configuration.GetDouble("x1"))]),
            [(Math.Pow(Math.Min(0, limit - 0.3), 2)) + (1.0 / 9)],
            "closed form");
    }

    private static TestProblem Single(
        string name, SearchSpace space, Func<Configuration, RandomStream, double> evaluate, double optimum, string source) => new(
        name,
        new Problem(space, [new Objective(Loss)]),
        (configuration, _, seed) => new(Loss, evaluate(configuration, RandomKey.FromSeed((ulong)seed).CreateStream())),
        [optimum],
        source);

    private static double Branin(double x, double y)
    {
        var bend = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    private static double Hartmann(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < HartmannWeights.Length; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < x.Length; j++)
                exponent += HartmannScales[i][j] * Math.Pow(x[j] - (HartmannCenters[i][j] * 1e-4), 2);
            sum -= HartmannWeights[i] * Math.Exp(-exponent);
        }

        return sum;
    }

    private static double SquaredDistance(ReadOnlySpan<double> x, double center)
    {
        var sum = 0.0;
        foreach (var coordinate in x)
            sum += (coordinate - center) * (coordinate - center);
        return sum;
    }
}
