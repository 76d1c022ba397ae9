using Attune.Algorithms;
using Attune.Events;
using Attune.Journals;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Runs one method on one problem with one seed, one trial after the other, on a study in memory.</summary>
internal static class BenchmarkRun
{
    /// <summary>The key of a run.</summary>
    internal static RunKey Key(BenchmarkMethod method, BenchmarkProblem problem, long seed) => new(ResultFile.OwnSystem, method.Label, problem.Name, seed);

    /// <summary>Runs.</summary>
    /// <returns>A line for each trial.</returns>
    internal static async Task<IReadOnlyList<TrialLine>> RunAsync(
        BenchmarkMethod method, BenchmarkProblem problem, long seed, int trials, MethodRegistry registry, CancellationToken cancellationToken)
    {
        var definition = new StudyDefinition(problem.Problem, (ulong)seed, method.Descriptor, registry.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = trials },
        };
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(store, "benchmark", definition, new() { Catalog = registry }, cancellationToken).ConfigureAwait(false);
        var incumbent = problem.Problem.IsSingleObjective ? new Incumbent(problem) : null;
        var lines = new List<TrialLine>(trials);
        var (tellSeconds, tellProcessor) = (0.0, (double?)0.0);
        for (var trial = 0; trial < trials; trial++)
        {
            var asking = ThreadClock.Now();
            var asked = await study.AskAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var (askSeconds, askProcessor) = asking.Elapsed();
            if (asked is null)
            {
                if (lines.Count == 0)
                    throw new BenchmarkException($"Method '{method.Label}' proposes nothing for '{problem}'.");
                lines[^1] = lines[^1] with { IsExhausted = true };
                break;
            }

            var evaluation = await problem.EvaluateAsync(asked.Configuration, asked.Resource, seed, trial, cancellationToken).ConfigureAwait(false);
            incumbent?.Take(evaluation);
            lines.Add(new(Key(method, problem, seed), trial)
            {
                Values = [.. problem.Problem.Objectives.Select(objective => evaluation.Values[objective.Metric])],
                Best = incumbent?.Value,
                AskSeconds = Math.Round(tellSeconds + askSeconds, 9),
                AskCpuSeconds = tellProcessor + askProcessor is { } processor ? Math.Round(processor, 9) : null,
                Budget = trials,
            });
            var telling = ThreadClock.Now();
            await study.TellAsync(asked.Trial, evaluation.Values, asked.Token, cancellationToken).ConfigureAwait(false);
            (tellSeconds, tellProcessor) = telling.Elapsed();
        }

        return lines;
    }
}
