using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Spaces of choices, integers and real numbers, with and without conditions, shaped like the tuning of a learner. The optima are
/// known by construction. The metric is <c>y</c>, minimised.</summary>
internal static class MixedProblems
{
    private const string ByConstruction = "by construction";

    internal static IEnumerable<BenchmarkProblem> All()
    {
        yield return Conditional("conditional", "analytic", noise: 0);
        yield return new FunctionProblem(
            "mixed7", "analytic", new(MixedSpace(), [new("y")]), (configuration, _) => new("y", Mixed(configuration)))
        {
            BestKnown = new(0, IsOptimum: true, ByConstruction),
        };
        yield return Conditional("conditional_noisy", "noisy", noise: 0.05);
    }

    private static FunctionProblem Conditional(string name, string group, double noise) =>
        new(name, group, new(ConditionalSpace(), [new("y")]), (configuration, _) => new("y", Conditional(configuration)))
        {
            NoiseDeviation = noise,
            BestKnown = new(0.05, IsOptimum: true, ByConstruction),
        };

    private static SearchSpace ConditionalSpace() => new SearchSpaceBuilder()
        .Categorical("model", ["linear", "tree", "net"])
        .Float("lr", 1e-5, 1, Scale.Log)
        .Float("reg", 1e-6, 1e2, Scale.Log, when: "model == 'linear'")
        .Int("depth", 1, 20, when: "model == 'tree'")
        .Int("min_leaf", 1, 64, Scale.Log, when: "model == 'tree'")
        .Int("layers", 1, 6, when: "model == 'net'")
        .Int("units", 16, 1024, Scale.Log, when: "model == 'net'")
        .Float("dropout", 0, 0.8, when: "model == 'net'")
        .Categorical("act", ["relu", "tanh", "gelu"], when: "model == 'net'")
        .Build();

    /// <summary>Three learners with parameters of their own; the best is a net with 256 units, 3 layers, dropout 0.25, gelu and a rate of
    /// 10^−3.2.</summary>
    private static double Conditional(Configuration configuration)
    {
        var rate = Math.Log10(configuration.GetDouble("lr"));
        switch (configuration.GetText("model"))
        {
            case "linear":
                return 0.30 + (0.02 * Square(rate + 2)) + (0.01 * Square(Math.Log10(configuration.GetDouble("reg")) + 1));
            case "tree":
                return 0.15 + (0.01 * Square(rate + 1)) + (0.002 * Square(configuration.GetInt("depth") - 7))
                    + (0.02 * Square(Math.Log2(configuration.GetDouble("min_leaf")) - 3));
            default:
                var (units, shifted) = (Math.Log2(configuration.GetDouble("units")) - 8, rate + 3.2);
                var activation = configuration.GetText("act") switch { "relu" => 0.02, "tanh" => 0.05, _ => 0.0 };
                return 0.05 + (0.04 * shifted * shifted) + (0.02 * shifted * units) + (0.01 * units * units)
                    + (0.01 * Square(configuration.GetInt("layers") - 3)) + (0.3 * Square(configuration.GetDouble("dropout") - 0.25))
                    + activation;
        }
    }

    private static SearchSpace MixedSpace() => new SearchSpaceBuilder()
        .Categorical("kernel", ["k0", "k1", "k2", "k3", "k4"])
        .Categorical("mode", ["m0", "m1", "m2"])
        .Int("n", 1, 200, Scale.Log)
        .Int("k", 0, 10)
        .Float("a", 1e-6, 1, Scale.Log)
        .Float("b", -2, 3)
        .Float("c", 0, 1)
        .Build();

    /// <summary>Two choices, two integers and three real numbers, all active; the best <c>a</c> depends on the mode.</summary>
    private static double Mixed(Configuration configuration)
    {
        var (kernel, mode) = ((int)configuration.Numbers[0], (int)configuration.Numbers[1]);
        var target = -2 - (0.8 * mode);
        double[] kernels = [0.5, 0.25, 0.0, 0.9, 0.4], modes = [0.15, 0.0, 0.3];
        return kernels[kernel] + modes[mode]
            + (0.15 * Square(Math.Log10(configuration.GetDouble("a")) - target))
            + (0.2 * Square(Math.Log(configuration.GetDouble("n")) - Math.Log(40)))
            + (0.03 * Square(configuration.GetDouble("k") - 4))
            + (0.3 * Square(configuration.GetDouble("b") - 0.7)) + (2 * Square(configuration.GetDouble("c") - 0.6));
    }
}
