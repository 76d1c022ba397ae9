using System.Globalization;
using Attune.Algorithms;
using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Testing;

namespace Attune.Comparison;

/// <summary>Runs samplers on test problems and prints regrets, with a paired test of the first sampler against each other one.</summary>
internal static class SamplerComparison
{
    internal static async Task<int> RunAsync(string[] problems, string[] samplers, int trials, int seeds, int first, CancellationToken cancellationToken)
    {
        foreach (var name in problems)
        {
            var problem = TestProblems.All.FirstOrDefault(problem => string.Equals(problem.Name, name, StringComparison.OrdinalIgnoreCase));
            if (problem is null)
            {
                await Console.Error.WriteLineAsync($"There is no problem '{name}'; there are {string.Join(", ", TestProblems.All)}.");
                return 2;
            }

            var regrets = new List<double[]>();
            foreach (var sampler in samplers)
                regrets.Add(await RegretsAsync(problem, sampler, trials, seeds, first, cancellationToken));
            Console.WriteLine($"{problem.Name}: simple regret after {trials} trials, seeds {first} to {first + seeds - 1}");
            for (var i = 0; i < samplers.Length; i++)
                Console.WriteLine(Describe(samplers, regrets, i));
        }

        return 0;
    }

    private static string Describe(string[] samplers, List<double[]> regrets, int i)
    {
        var sorted = regrets[i].Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var test = i == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"   {samplers[0]} is better with p = {SignFlipTest.OneSided(Logarithms(regrets[i]), Logarithms(regrets[0])):G2} (paired, of log regret)");
        return string.Create(CultureInfo.InvariantCulture, $"  {samplers[i],-16} median {median,10:G4}   mean {regrets[i].Average(),10:G4}{test}");
    }

    private static async Task<double[]> RegretsAsync(
        TestProblem problem, string sampler, int trials, int seeds, int first, CancellationToken cancellationToken)
    {
        var methods = MethodRegistry.Default;
        var regrets = new double[seeds];
        for (var seed = 0; seed < seeds; seed++)
        {
            await using var store = new MemoryStore();
            var definition = new StudyDefinition(
                problem.Problem, (ulong)(first + seed), methods.DescribeSampler(sampler), methods.DescribeScheduler("run-to-completion"))
            {
                Budget = new() { Trials = trials },
            };
            await using var study = await Study.CreateAsync(store, problem.Name, definition, new() { Catalog = methods }, cancellationToken);
            var executor = new DelegateExecutor(
                trial => Task.FromResult<MetricValues?>(problem.Evaluate(trial.Configuration, trial.Resource, trial.Seed)));
            var summary = await study.RunAsync(executor, cancellationToken: cancellationToken);
            regrets[seed] = summary.Best!.Losses[0] - problem.Problem.Objectives[0].Orient(problem.Optimum[0]);
        }

        return regrets;
    }

    // Regrets differ by orders of magnitude between seeds; the floor is the rounding of the optima.
    private static double[] Logarithms(double[] regrets) => [.. regrets.Select(regret => Math.Log(Math.Max(regret, 1e-9)))];
}
