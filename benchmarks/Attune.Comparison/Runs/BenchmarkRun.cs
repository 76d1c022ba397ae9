using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>
/// Runs one method on one problem with one seed, on a study in memory. With several pending trials, the method is asked again as soon as
/// the trial that was asked first has been told, as by that many workers that are equally fast.
/// </summary>
/// <param name="plan">What the runs have in common.</param>
/// <param name="method">The method.</param>
/// <param name="problem">The problem.</param>
/// <param name="seed">The seed of the study and of the noise.</param>
internal sealed class BenchmarkRun(BenchmarkPlan plan, BenchmarkMethod method, BenchmarkProblem problem, long seed)
    : IBenchmarkRun
{
    private readonly Incumbent? _incumbent = problem.Problem.IsSingleObjective ? new(problem) : null;
    private readonly List<TrialLine> _lines = new(plan.Trials);
    private readonly Queue<(Assignment Asked, double Seconds, double Processor)> _pending = [];

    // Noiseless values by trial, where measurements are noisy.
    private readonly Dictionary<int, double> _noiseless = [];

    // What telling took since the last suggestion.
    private double _tellSeconds;
    private double _tellProcessor;

    /// <inheritdoc/>
    public RunKey Key { get; } = new(
        ResultFile.OwnSystem, plan.Pending == 1 ? method.Label : FormattableString.Invariant($"{method.Label}@{plan.Pending}"),
        problem.Name, seed);

    /// <inheritdoc/>
    /// <returns>A line for each trial, in the order in which they ended.</returns>
    public async Task<IReadOnlyList<TrialLine>> RunAsync(CancellationToken cancellationToken)
    {
        var definition = new StudyDefinition(
            problem.Problem, (ulong)seed, method.Descriptor, plan.Registry.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = plan.Trials },
        };
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(
            store, "benchmark", definition, new() { Catalog = plan.Registry, Parallelism = plan.Pending },
            cancellationToken).ConfigureAwait(false);
        var isExhausted = false;
        for (var asked = 0; asked < plan.Trials && !isExhausted; asked++)
        {
            if (_pending.Count == plan.Pending)
                await EndOldestAsync(study, cancellationToken).ConfigureAwait(false);
            isExhausted = !await AskAsync(study, cancellationToken).ConfigureAwait(false);
        }

        while (_pending.Count > 0)
            await EndOldestAsync(study, cancellationToken).ConfigureAwait(false);
        if (_lines.Count == 0)
            throw new BenchmarkException($"Method '{method.Label}' proposes nothing for '{problem}'.");
        if (isExhausted)
            _lines[^1] = _lines[^1] with { IsExhausted = true };
        return _lines;
    }

    private async Task<bool> AskAsync(Study study, CancellationToken cancellationToken)
    {
        var clock = ThreadClock.Now();
        var asked = await study.AskAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var (seconds, processor) = clock.Elapsed();
        if (asked is null)
            return false;
        _pending.Enqueue((asked, _tellSeconds + seconds, _tellProcessor + processor));
        (_tellSeconds, _tellProcessor) = (0, 0);
        return true;
    }

    private async Task EndOldestAsync(Study study, CancellationToken cancellationToken)
    {
        var (asked, askSeconds, askProcessor) = _pending.Dequeue();
        var evaluation = await problem.EvaluateAsync(asked.Configuration, asked.Resource, seed, asked.Trial, cancellationToken)
            .ConfigureAwait(false);
        _incumbent?.Take(evaluation);
        _lines.Add(new(Key, _lines.Count)
        {
            Values = [.. problem.Problem.Objectives.Select(objective => evaluation.Values[objective.Metric])],
            Best = _incumbent?.Value,
            AskSeconds = Math.Round(askSeconds, 9),
            AskCpuSeconds = Math.Round(askProcessor, 9),
            Budget = plan.Trials,
        });
        var clock = ThreadClock.Now();
        await study.TellAsync(asked.Trial, evaluation.Values, asked.Token, cancellationToken).ConfigureAwait(false);
        var (seconds, processorOfTell) = clock.Elapsed();
        (_tellSeconds, _tellProcessor) = (_tellSeconds + seconds, _tellProcessor + processorOfTell);
        if (_incumbent is not null && problem.NoiseDeviation > 0)
        {
            _noiseless[asked.Trial] = evaluation.Noiseless[problem.Problem.Objectives[0].Metric];
            var recommended = await study.RecommendAsync(cancellationToken).ConfigureAwait(false);
            _lines[^1] = _lines[^1] with { Recommended = recommended is null ? null : _noiseless[recommended.Trial] };
        }
    }
}
