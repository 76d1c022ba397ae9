using System.Text.Json;
using Attune.Events;
using Attune.Execution;
using Attune.Scheduling;

namespace Attune.Tests.Shared;

/// <summary>Studies on which the laws are checked, whatever the store.</summary>
internal static class StudyLawCases
{
    /// <summary>Every sampler with a scheduler: sampler, its options, scheduler, retries of failures.</summary>
    internal static TheoryData<string, string, string> All() => new()
    {
        { "random", "{}", "run-to-completion" },
        { "sobol", "{}", "run-to-completion" },
        { "halton", "{}", "scripted" },
        { "latin-hypercube", "{}", "run-to-completion" },
        { "grid", """{"points":3}""", "scripted" },
        { "last-loss", "{}", "run-to-completion" },
        { "last-loss", "{}", "scripted" },
        { "gp-ucb", """{"candidates":32,"model_trials":20}""", "run-to-completion" },
        { "auto", """{"initial":4}""", "run-to-completion" },
        { "tpe", "{}", "scripted" },
    };

    internal static StudyDefinition Define(string sampler, string options, string scheduler, int trials, int objectives = 1)
    {
        var space = new SearchSpaceBuilder().Float("x", -5, 10).Float("y", 0, 15).Categorical("kind", ["a", "b"]).Int("n", 1, 5, when: "kind == 'a'").Build();
        Objective[] all = [new("loss"), new("gain", Direction.Maximize)];
        var problem = new Problem(space, all[..objectives], fidelities: [new("epochs", 1, 4)]);
        var methods = LastLossSampler.Methods;
        JsonElement? script = scheduler != "scripted" ? null : JsonElement.Parse(
            """
            {"hold":2,"cues":[{"trial":1,"resource":2,"decision":"pause"},{"trial":2,"resource":1,"decision":"stop"},
            {"trial":4,"resource":1,"decision":"pause"},{"trial":4,"resource":3,"decision":"pause"}]}
            """);
        return new(problem, 7, methods.DescribeSampler(sampler, JsonElement.Parse(options)), methods.DescribeScheduler(scheduler, script))
        {
            Budget = new() { Trials = trials },
            Retries = new(LostAttempts: 50, FailedAttempts: 2),
        };
    }

    /// <summary>Trains for up to four epochs with a checkpoint after each, obeys the scheduler, and fails at its first attempt where x is small.</summary>
    internal static async Task<MetricValues?> TrainAsync(TrialContext trial)
    {
        var (x, y) = (trial.Configuration.GetDouble("x"), trial.Configuration.GetDouble("y"));
        if (x < -4 && trial.Assignment.Attempt == 1)
            throw new InvalidOperationException("x is too small for a first attempt.");
        for (var epoch = (trial.Assignment.FromResource ?? 0) + 1; epoch <= 4; epoch++)
        {
            var metrics = new MetricValues([new("loss", (x * x) + (10 / epoch)), new("gain", y - (x / epoch))]);
            var decision = await trial.ReportAsync(new(metrics) { Resource = epoch });
            if (decision == TrialDecision.Stop)
                return null;
            await trial.SaveCheckpointAsync($"epoch-{epoch}", epoch);
            if (decision == TrialDecision.Pause)
                return null;
        }

        return null;
    }
}
