namespace Attune.Problems;

/// <summary>The noiseless BBOB functions on [−5, 5]ⁿ, shifted and rotated; see <see cref="BbobFunctions"/>.</summary>
internal static class BbobProblems
{
    private static readonly int[] Dimensions = [5, 20];

    internal static IEnumerable<BenchmarkProblem> All()
    {
        foreach (var dimensions in Dimensions)
        {
            for (var number = 1; number <= 24; number++)
                yield return Create(number, dimensions);
        }
    }

    private static FunctionProblem Create(int number, int dimensions)
    {
        var lazy = new Lazy<(BbobFunctions.Function Function, double Optimum)>(() =>
        {
            var drawn = new BbobInstance(number, dimensions);
            return (BbobFunctions.Create(number, drawn).Function, drawn.Optimum);
        });
        return new(
            $"bbob/f{number}_d{dimensions}", $"bbob_d{dimensions}", new Problem(AnalyticProblems.Box(dimensions, -5, 5), [new("y")]),
            (configuration, _) => new("y", lazy.Value.Function(configuration.Numbers) + lazy.Value.Optimum))
        {
            BestKnown = new(BbobInstance.OptimumOf(number, dimensions), IsOptimum: true, "by construction"),
        };
    }
}
