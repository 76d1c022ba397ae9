using Attune.Algorithms;
using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Scheduling;
using Attune.Testing.Studies;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyLawTests
{
    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    public Task CrashesChangeNothing_EveryPoint_SameTrials(string sampler) => StudyLaws.CrashesChangeNothingAsync(
        () => new MemoryStore(), Definition(sampler, trials: 6), MethodRegistry.Default, EvaluateAsync, CrashPoint.All, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("random", 1)]
    [InlineData("random", 2)]
    [InlineData("sobol", 3)]
    public async Task DeathsLoseNothing_FourWorkers_OneOutcomeEach(string sampler, int seed)
    {
        await using var store = new MemoryStore();
        await StudyLaws.DeathsLoseNothingAsync(
            store, Definition(sampler, trials: 60), MethodRegistry.Default, EvaluateAsync, workers: 4, deaths: 6, (ulong)seed,
            TestContext.Current.CancellationToken);
    }

    private static StudyDefinition Definition(string sampler, int trials)
    {
        var space = new SearchSpaceBuilder().Float("x", -5, 10).Float("y", 0, 15).Categorical("kind", ["a", "b"]).Int("n", 1, 5, when: "kind == 'a'").Build();
        var problem = new Problem(space, [new("loss")]);
        return new(problem, 7, MethodRegistry.Default.DescribeSampler(sampler), MethodRegistry.Default.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = trials },
            Retries = new(LostAttempts: 20),
        };
    }

    private static async Task<MetricValues?> EvaluateAsync(TrialContext trial)
    {
        var x = trial.Configuration.GetDouble("x");
        if (await trial.ReportAsync("loss", 100 + (x * x)) == TrialDecision.Continue)
            await trial.SaveCheckpointAsync($"checkpoint-{trial.Number}");
        return new("loss", x * x);
    }
}
