using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>
/// Functions that stand for training runs: after r of 27 steps they are known at the fidelity r/27, and every step takes one second. The
/// several fidelities of the source go together here.
/// </summary>
/// <remarks>K. Kandasamy, G. Dasarathy, J. Schneider, B. Póczos, Multi-fidelity Bayesian Optimisation with Continuous Approximations, ICML
/// 2017, appendix.</remarks>
internal static class FidelityProblems
{
    private const string Source = "K. Kandasamy, G. Dasarathy, J. Schneider, B. Póczos, ICML 2017";

    private static readonly Fidelity Steps = new("step", 1, 27) { Unit = "steps" };

    private delegate double Function(ReadOnlySpan<double> x, double fidelity);

    internal static IEnumerable<BenchmarkProblem> All()
    {
        yield return Single(
            "currin_mf", AnalyticProblems.Box(2, 0, 1), Currin, Direction.Maximize, 13.798722044728434);
        yield return Single(
            "branin_mf", new SearchSpaceBuilder().Float("x0", -5, 10).Float("x1", 0, 15).Build(), Branin, Direction.Minimize,
            0.39788735772973816);
        yield return Single("hartmann6_mf", AnalyticProblems.Box(6, 0, 1), Hartmann6, Direction.Minimize, -3.322368011415515);
    }

    private static FunctionProblem Single(string name, SearchSpace space, Function function, Direction direction, double optimum) => new(
        name, "multi_fidelity", new Problem(space, [new("y", direction)], fidelities: [Steps]),
        (configuration, resource) => new("y", function(configuration.Numbers, (resource ?? Steps.High) / Steps.High)))
    {
        BestKnown = new(optimum, IsOptimum: true, Source),
    };
}
