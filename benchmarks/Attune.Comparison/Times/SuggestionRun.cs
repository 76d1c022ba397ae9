using System.Text.Json;
using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>
/// Measures one method on one problem after one number of trials. The trials are drawn at random, which takes no time to speak of, then the
/// study in memory is opened anew with the method, as one that is resumed, and asked and told.
/// </summary>
/// <param name="plan">What the measurements have in common.</param>
/// <param name="method">The method.</param>
/// <param name="problem">The problem.</param>
/// <param name="trials">The number of trials.</param>
internal sealed class SuggestionRun(SuggestionPlan plan, BenchmarkMethod method, BenchmarkProblem problem, int trials)
{
    private const string Name = "benchmark";

    private readonly AdvancedClock _clock = new();

    internal async Task<SuggestionTimes> RunAsync(CancellationToken cancellationToken)
    {
        await using var store = new MemoryStore();
        await FillAsync(store, cancellationToken).ConfigureAwait(false);
        var began = ThreadClock.Now();
        await using var study = await Study.OpenAsync(store, Name, Options, cancellationToken).ConfigureAwait(false);
        var asked = await AskAsync(study, cancellationToken).ConfigureAwait(false);
        var first = began.Elapsed().Seconds;
        var costs = new List<SuggestionCost>(plan.Suggestions);
        for (var i = 0; i < plan.Suggestions; i++)
        {
            var values = await EvaluateAsync(asked, cancellationToken).ConfigureAwait(false);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var clock = ThreadClock.Now();
            await study.TellAsync(asked.Trial, values, asked.Token, cancellationToken).ConfigureAwait(false);
            asked = await AskAsync(study, cancellationToken).ConfigureAwait(false);
            var (seconds, processor) = clock.Elapsed();
            costs.Add(new(seconds, processor, GC.GetTotalAllocatedBytes(precise: true) - before));
        }

        var history = await study.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var by = history.Trials.Skip(trials + 1).CountBy(trial => Proposer(trial.Annotation)).ToDictionary(StringComparer.Ordinal);
        return new(method.Label, problem.Name, problem.Problem.Space.Dimensions, trials, first, costs, by);
    }

    private StudyOptions Options => new() { Catalog = plan.Registry, Clock = _clock };

    private async Task FillAsync(MemoryStore store, CancellationToken cancellationToken)
    {
        var definition = new StudyDefinition(
            problem.Problem, (ulong)plan.Seed, plan.Registry.DescribeSampler("random"),
            plan.Registry.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = trials + plan.Suggestions + 1 },
        };
        await using var study = await Study.CreateAsync(store, Name, definition, Options, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < trials; i++)
        {
            var asked = await AskAsync(study, cancellationToken).ConfigureAwait(false);
            var values = await EvaluateAsync(asked, cancellationToken).ConfigureAwait(false);
            await study.TellAsync(asked.Trial, values, asked.Token, cancellationToken).ConfigureAwait(false);
        }

        await study.ChangeSamplerAsync(method.Descriptor, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Assignment> AskAsync(Study study, CancellationToken cancellationToken) =>
        await study.AskAsync(cancellationToken: cancellationToken).ConfigureAwait(false)
        ?? throw new BenchmarkException($"Method '{method.Label}' has nothing more to propose for '{problem}'.");

    private async ValueTask<MetricValues> EvaluateAsync(Assignment asked, CancellationToken cancellationToken)
    {
        var evaluation = await problem.EvaluateAsync(asked.Configuration, asked.Resource, plan.Seed, asked.Trial, cancellationToken)
            .ConfigureAwait(false);
        _clock.Advance(plan.TrialTime);
        return evaluation.Values;
    }

    /// <summary>Samplers that choose among others say in the annotation which of them it was.</summary>
    private string Proposer(string? annotation)
    {
        using var document = JsonDocument.Parse(annotation ?? "{}");
        return document.RootElement.TryGetProperty("method", out var name) ? name.GetString()! : method.Descriptor.Name;
    }
}
