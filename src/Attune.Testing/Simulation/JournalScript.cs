using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>Writes a journal event by event, as a test wants it, one second after the other, and shows each event to samplers and
/// schedulers.</summary>
public sealed class JournalScript
{
    private const string Writer = "script";

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HistoryFold _fold = new();
    private readonly List<JournalEvent> _events = [];
    private readonly IReadOnlyList<ISampler> _samplers;
    private readonly IReadOnlyList<IScheduler> _schedulers;

    /// <summary>Begins a journal with the creation of its study.</summary>
    /// <param name="definition">What the study is created with.</param>
    /// <param name="samplers">Samplers that observe from the first event on; null for none.</param>
    /// <param name="schedulers">Schedulers that observe from the first event on; null for none.</param>
    public JournalScript(StudyDefinition definition, IReadOnlyList<ISampler>? samplers = null, IReadOnlyList<IScheduler>? schedulers = null)
    {
        (_samplers, _schedulers) = (samplers ?? [], schedulers ?? []);
        Append(new StudyCreated(definition));
    }

    /// <summary>The study so far. It changes with every event.</summary>
    public History History => _fold.Current;

    /// <summary>The events so far.</summary>
    public IReadOnlyList<JournalEvent> Events => _events;

    /// <summary>A journal's definition with methods that matter to no one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="sampler">The sampler; null for <c>random</c>.</param>
    public static StudyDefinition Define(Problem problem, ulong seed, MethodDescriptor? sampler = null) =>
        new(problem, seed, sampler ?? new("random", 1), new("run-to-completion", 1));

    /// <summary>Shows a journal to a sampler, event by event, with the history as it was.</summary>
    /// <param name="events">A prefix of a journal.</param>
    /// <param name="sampler">The sampler.</param>
    /// <returns>The history after the last event.</returns>
    public static History Replay(IEnumerable<JournalEvent> events, ISampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return Replay(events, sampler.Observe);
    }

    /// <summary>Shows a journal to a scheduler, event by event, with the history as it was.</summary>
    /// <param name="events">A prefix of a journal.</param>
    /// <param name="scheduler">The scheduler.</param>
    /// <returns>The history after the last event.</returns>
    public static History Replay(IEnumerable<JournalEvent> events, IScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return Replay(events, scheduler.Observe);
    }

    /// <summary>Appends any event.</summary>
    /// <param name="payload">What happened.</param>
    /// <param name="token">The fencing token; by default the present one of the event's trial.</param>
    public void Append(StudyEvent payload, int? token = null)
    {
        var current = payload is TrialEvent { Trial: var trial } && trial < History.Trials.Count ? History.Trials[trial].Token : 0;
        var position = _events.Count + 1;
        var journalEvent = new EventDraft(Epoch.AddSeconds(position), Writer, position, token ?? current, 0, payload).At(position);
        _fold.Apply(journalEvent);
        _events.Add(journalEvent);
        foreach (var sampler in _samplers)
            sampler.Observe(journalEvent, History);
        foreach (var scheduler in _schedulers)
            scheduler.Observe(journalEvent, History);
    }

    /// <summary>Reserves a number for a proposal of the sampler.</summary>
    /// <param name="resource">The resource that is wanted; null for the whole.</param>
    /// <returns>The number.</returns>
    public int Reserve(double? resource = null)
    {
        var number = History.Trials.Count;
        Append(new Reserved(number, TrialOrigin.Sampler, History.SamplerIndex, 0, 1, resource), 1);
        return number;
    }

    /// <summary>Proposes a configuration for a new number and starts it.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="resource">The resource up to which it is to run; null for the whole.</param>
    /// <returns>The number.</returns>
    public int Start(Proposal proposal, double? resource = null)
    {
        var basis = History.Position;
        var number = Reserve(resource);
        Append(new Proposed(number, proposal.Configuration, basis, 0, History.Definition.Sampler, "script", proposal.Annotation));
        Append(new Started(number, 1, resource));
        return number;
    }

    /// <summary>Starts a configuration that a user enqueued.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The number.</returns>
    public int StartEnqueued(Configuration configuration)
    {
        Append(new Enqueued(configuration));
        var number = History.Trials.Count;
        Append(new Reserved(number, TrialOrigin.Enqueued, -1, History.Position, 1), 1);
        Append(new Proposed(number, configuration, History.Position, 0, null, "script"));
        Append(new Started(number, 1));
        return number;
    }

    /// <summary>Reports metrics of a running trial.</summary>
    /// <param name="trial">The number.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="resource">The resource spent so far; null for none.</param>
    public void Measure(int trial, MetricValues metrics, double? resource = null) => Append(new Measured(
        trial,
        new(metrics)
        {
            Resource = resource, Sequence = History.Trials[trial].Measurements.Count, Attempt = History.Trials[trial].Attempt,
        }));

    /// <summary>Reports metrics of a running trial and ends it.</summary>
    /// <param name="trial">The number.</param>
    /// <param name="metrics">The metrics.</param>
    public void Complete(int trial, MetricValues metrics)
    {
        Measure(trial, metrics, History.Problem.Fidelity?.High);
        Append(new Finished(trial));
    }

    /// <summary>Fails a running trial.</summary>
    /// <param name="trial">The number.</param>
    /// <param name="willRetry">Whether it will run again.</param>
    public void Fail(int trial, bool willRetry = false) => Append(new Failed(trial, FailureKind.Error, "scripted failure", willRetry));

    /// <summary>Loses the worker of a running trial.</summary>
    /// <param name="trial">The number.</param>
    /// <param name="willRetry">Whether it will run again.</param>
    public void Lose(int trial, bool willRetry = false) => Append(new Lost(trial, "scripted loss", willRetry));

    /// <summary>Runs a lost or failed trial again.</summary>
    /// <param name="trial">The number.</param>
    public void Restart(int trial) =>
        Append(new Started(trial, History.Trials[trial].Attempt + 1, History.Trials[trial].Target), History.Trials[trial].Token + 1);

    /// <summary>Pauses a running trial, as a scheduler decided.</summary>
    /// <param name="trial">The number.</param>
    public void Pause(int trial)
    {
        Append(new Decided(trial, TrialDecision.Pause, History.Position));
        Append(new Paused(trial));
    }

    /// <summary>Resumes a paused trial.</summary>
    /// <param name="trial">The number.</param>
    /// <param name="resource">The resource up to which it is to run; null for the whole.</param>
    public void Resume(int trial, double? resource = null) =>
        Append(new Resumed(trial, resource, History.Position), History.Trials[trial].Token + 1);

    /// <summary>Revises the space; earlier trials take the defaults of new parameters.</summary>
    /// <param name="space">The new space.</param>
    public void Revise(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        var before = History.Problem.Space;
        Append(new SpaceRevised(space, space.Parameters.Where(parameter => !before.Contains(parameter.Name))
            .ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal)));
    }

    private delegate void Observer(in JournalEvent journalEvent, History history);

    private static History Replay(IEnumerable<JournalEvent> events, Observer observe)
    {
        ArgumentNullException.ThrowIfNull(events);
        var fold = new HistoryFold();
        foreach (var journalEvent in events)
        {
            fold.Apply(journalEvent);
            observe(journalEvent, fold.Current);
        }

        return fold.Current;
    }
}
