using Attune.Events;
using Attune.Journals;
using Attune.Problems;
using Attune.Simulation;

namespace Attune.Comparison;

/// <summary>Runs one method on one problem with one seed in simulated time, until the resource is spent.</summary>
/// <param name="plan">What the runs have in common.</param>
/// <param name="method">The method.</param>
/// <param name="problem">The problem.</param>
/// <param name="seed">The seed of the study, of the noise and of what goes wrong.</param>
internal sealed class FidelityRun(FidelityPlan plan, BenchmarkMethod method, BenchmarkProblem problem, long seed) : IBenchmarkRun
{
    // A model's recommendation may take as long as a proposal: it is asked for after so much of the budget, and at every mark.
    private const double RecommendationShare = 0.02;

    private readonly SimulatedClock _clock = new();
    private readonly Incumbent _incumbent = new(problem);
    private readonly List<TrialLine> _lines = [];

    // What trials have reported since their last line.
    private readonly Dictionary<int, (double Resource, double Value)> _reported = [];
    private readonly Dictionary<Configuration, double> _full = [];
    private readonly Dictionary<int, Configuration> _configurations = [];
    private Configuration? _holder;
    private double _spent;
    private double _recommendedAt;
    private double _askSeconds;
    private int _mark;
    private Study? _study;
    private Exception? _failure;

    /// <inheritdoc/>
    public RunKey Key { get; } = new(ResultFile.OwnSystem, plan.Name(method), problem.Name, seed);

    private string Metric => problem.Problem.Objectives[0].Metric;

    private double Tolerance => plan.Resource * ResultFile.ResourceTolerance;

    /// <inheritdoc/>
    /// <returns>A line whenever a run of a trial has ended or the spending has come to a mark, in order of time.</returns>
    public async Task<IReadOnlyList<TrialLine>> RunAsync(CancellationToken cancellationToken)
    {
        var definition = new StudyDefinition(
            problem.Problem, (ulong)seed, method.Descriptor, method.Scheduler ?? plan.Registry.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Resource = plan.Resource },
        };
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var program = new TrainingRuns(problem, seed, exception =>
        {
            _failure ??= exception;
            failing.Cancel();
        });
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(
            store, "benchmark", definition, new() { Catalog = plan.Registry, Clock = _clock }, cancellationToken).ConfigureAwait(false);
        _study = study;
        await study.SimulateAsync(
            program,
            new()
            {
                Workers = plan.Workers,
                Faults = plan.Faults,
                Seed = (ulong)seed,
                ThinkingClock = TimeProvider.System,
                OnEvent = (_, history) => _spent = history.ResourceSpent,
                OnAssigned = (_, thought) => _askSeconds += thought.TotalSeconds,
                OnArrived = arrival => ArriveAsync(program, arrival, cancellationToken),
            },
            failing.Token).ConfigureAwait(false);
        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        cancellationToken.ThrowIfCancellationRequested();
        if (_lines.Count == 0)
            throw new BenchmarkException($"Method '{method.Label}' runs nothing on '{problem}'.");
        if (_lines[^1].RecommendedFull is null)
            _lines[^1] = _lines[^1] with { RecommendedFull = await RecommendedFullAsync(cancellationToken).ConfigureAwait(false) };
        if (_spent < plan.Resource - Tolerance)
            _lines[^1] = _lines[^1] with { IsExhausted = true };
        return _lines;
    }

    private async ValueTask ArriveAsync(TrainingRuns program, SimulatedArrival arrival, CancellationToken cancellationToken)
    {
        if (_failure is not null)
            return;
        var trial = arrival.Assignment.Trial;
        if (arrival.Reported is { Resource: { } resource } reported)
        {
            _reported[trial] = (resource, reported.Metrics[Metric]);
            _configurations[trial] = arrival.Assignment.Configuration;
            if (_incumbent.Take(program.Take(trial, resource)))
                _holder = arrival.Assignment.Configuration;
        }

        var isMark = _mark < FidelityPlan.Marks.Count && _spent >= (FidelityPlan.Marks[_mark] * plan.Resource) - Tolerance;
        while (_mark < FidelityPlan.Marks.Count && _spent >= (FidelityPlan.Marks[_mark] * plan.Resource) - Tolerance)
            _mark++;
        if ((arrival.HasEnded || isMark) && _reported.Remove(trial, out var last))
            _lines.Add(await LineAsync(trial, last, isMark, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<TrialLine> LineAsync(
        int trial, (double Resource, double Value) last, bool isMark, CancellationToken cancellationToken)
    {
        var isAsked = isMark || _spent >= _recommendedAt + (RecommendationShare * plan.Resource);
        if (isAsked)
            _recommendedAt = _spent;
        var line = new TrialLine(Key, trial)
        {
            Values = [last.Value],
            Best = _incumbent.Value,
            AskSeconds = Math.Round(_askSeconds, 9),
            Fidelity = last.Resource,
            CumulativeFidelity = _spent,
            IncumbentFull = _holder is { } holder ? await FullAsync(holder, trial, cancellationToken).ConfigureAwait(false) : null,
            RecommendedFull = isAsked ? await RecommendedFullAsync(cancellationToken).ConfigureAwait(false) : null,
            SimulatedSeconds = _clock.Elapsed.TotalSeconds,
            ResourceBudget = plan.Resource,
        };
        _askSeconds = 0;
        return line;
    }

    private async ValueTask<double?> RecommendedFullAsync(CancellationToken cancellationToken) =>
        await _study!.RecommendAsync(cancellationToken).ConfigureAwait(false) is { Method: not Study.BestObserved } recommended
            ? await FullAsync(_configurations[recommended.Trial], recommended.Trial, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The value of a configuration at full fidelity, without noise; it costs the method nothing.</summary>
    private async ValueTask<double> FullAsync(Configuration configuration, int trial, CancellationToken cancellationToken)
    {
        if (!_full.TryGetValue(configuration, out var value))
        {
            var evaluation = await problem.EvaluateAsync(configuration, resource: null, seed, trial, cancellationToken)
                .ConfigureAwait(false);
            _full[configuration] = value = evaluation.Noiseless[Metric];
        }

        return value;
    }
}
