using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Functions of real vectors with published optima, and the noisy forms of some. The metric is <c>y</c>, minimised.</summary>
internal static class AnalyticProblems
{
    private const string Library = "S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments";

    internal delegate double Function(ReadOnlySpan<double> x);

    internal static IEnumerable<BenchmarkProblem> All()
    {
        yield return Single("branin", BraninBox(), Branin, 0.39788735772973816);
        yield return Single("hartmann6", Box(6, 0, 1), Hartmann6, -3.322368011415515);

        // The box is lopsided: the optimum must not lie in the middle, where some methods start.
        yield return Single("ackley10", Box(10, -15, 30), Ackley, 0);
        yield return Single("rosenbrock8", Box(8, -5, 10), Rosenbrock, 0);
        yield return Single("levy10", Box(10, -10, 10), Levy, 0);
        yield return Single("styblinski_tang5", Box(5, -5, 5), StyblinskiTang, -195.83082851885285);
        yield return Single("branin_noisy", BraninBox(), Branin, 0.39788735772973816, noise: 5);
        yield return Single("hartmann6_noisy", Box(6, 0, 1), Hartmann6, -3.322368011415515, noise: 0.2);
        yield return Single("levy10_noisy", Box(10, -10, 10), Levy, 0, noise: 3);
    }

    internal static SearchSpace Box(int dimensions, double low, double high)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < dimensions; i++)
            builder.Float($"x{i}", low, high);
        return builder.Build();
    }

    private static SearchSpace BraninBox() => new SearchSpaceBuilder().Float("x0", -5, 10).Float("x1", 0, 15).Build();

    private static FunctionProblem Single(string name, SearchSpace space, Function function, double optimum, double noise = 0) => new(
        name, noise > 0 ? "noisy" : "analytic", new Problem(space, [new("y")]),
        (configuration, _) => new("y", function(configuration.Numbers)))
    {
        NoiseDeviation = noise,
        BestKnown = new(optimum, IsOptimum: true, Library),
    };
}
