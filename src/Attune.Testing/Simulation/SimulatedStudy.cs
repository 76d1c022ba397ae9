using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>
/// Makes the journal of a study on which several workers work at a time in simulated time, with lost, late, failed, interrupted and
/// retried runs, vanished proposers, enqueued configurations and revisions of the space. The same seed makes the same journal.
/// </summary>
/// <remarks>One sampler and one scheduler live through the whole study; proposals carry the position at which they were made as their
/// basis.</remarks>
public sealed partial class SimulatedStudy
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestProblem _problem;
    private readonly SimulationOptions _options;
    private readonly ISampler _sampler;
    private readonly IScheduler _scheduler;
    private readonly HistoryFold _fold = new();
    private readonly ImmutableArray<JournalEvent>.Builder _events = ImmutableArray.CreateBuilder<JournalEvent>();
    private readonly PriorityQueue<Action, (double Time, long Order)> _agenda = new();
    private readonly Queue<string> _idle = new();
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private RandomStream _chance;
    private double _now;
    private long _order;
    private int _proposing;

    private SimulatedStudy(
        TestProblem problem, IMethodCatalog catalog, MethodDescriptor sampler, MethodDescriptor scheduler, ulong seed,
        SimulationOptions options)
    {
        (_problem, _options) = (problem, options);
        _chance = RandomKey.FromSeed(seed).Derive(RandomKey.Purpose("simulation")).CreateStream();
        var budget = new Budget { Trials = options.Trials };
        var context = new MethodContext(problem.Problem, seed, budget);
        (_sampler, _scheduler) = (catalog.CreateSampler(sampler, context), catalog.CreateScheduler(scheduler, context));
        Append("user", 0, new StudyCreated(
            new(problem.Problem, seed, _sampler.Descriptor, _scheduler.Descriptor) { Budget = budget, Retries = options.Retries }));
    }

    private History History => _fold.Current;

    /// <summary>Makes a journal.</summary>
    /// <param name="problem">What the trials evaluate.</param>
    /// <param name="catalog">Makes sampler and scheduler.</param>
    /// <param name="sampler">What proposes.</param>
    /// <param name="scheduler">What decides how much resource a trial gets.</param>
    /// <param name="seed">The seed of the study and of everything that happens to it.</param>
    /// <param name="options">What happens.</param>
    /// <returns>The events in order, from the creation on.</returns>
    public static ImmutableArray<JournalEvent> Run(
        TestProblem problem, IMethodCatalog catalog, MethodDescriptor sampler, MethodDescriptor scheduler, ulong seed,
        SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(catalog);
        var study = new SimulatedStudy(problem, catalog, sampler, scheduler, seed, options ?? new());
        for (var worker = 0; worker < study._options.Workers; worker++)
        {
            var name = $"worker-{worker}";
            study.Append(name, 0, new WriterJoined(new(name, "host", worker + 1, 1, "simulated")));
            study.After(0, () => study.Work(name));
        }

        while (study._agenda.TryDequeue(out var act, out var when))
        {
            study._now = when.Time;
            act();
        }

        return study._events.ToImmutable();
    }

    private bool Happens(double rate) => _chance.NextDouble() < rate;

    private void After(double seconds, Action act) => _agenda.Enqueue(act, (_now + seconds, _order++));

    private void Append(string writer, int token, StudyEvent payload)
    {
        var sequence = _sequences[writer] = _sequences.GetValueOrDefault(writer) + 1;
        var draft = new EventDraft(Epoch.AddSeconds(_now), writer, sequence, token, 0, payload);
        var journalEvent = draft.At(_events.Count + 1);
        _fold.Apply(journalEvent);
        _events.Add(journalEvent);
        _sampler.Observe(journalEvent, History);
        _scheduler.Observe(journalEvent, History);
        while (_idle.TryDequeue(out var worker))
            After(0.01, () => Work(worker));
    }

    private void Work(string worker)
    {
        if (History.AwaitingRetry.Count > 0)
        {
            Restart(worker, History.Trials[History.AwaitingRetry[0]]);
            return;
        }

        if (History.Reserved.Select(number => History.Trials[number]).FirstOrDefault(trial => trial.Worker is null) is { } abandoned)
        {
            if (Reserve(worker, abandoned.Number, abandoned.Origin, abandoned.SamplerIndex, abandoned.QueuePosition ?? 0,
                new(abandoned.Target, abandoned.Step)))
                return;
        }
        else
        {
            switch (_scheduler.Next(new(History)))
            {
                case SchedulerAction.Resume resume:
                    Resume(worker, resume);
                    return;
                case SchedulerAction.Start start when Begin(worker, start):
                    return;
            }
        }

        _idle.Enqueue(worker);
    }

    private bool Begin(string worker, SchedulerAction.Start start)
    {
        if (History.Trials.Count >= _options.Trials || History.IsExhausted)
            return false;
        Interfere();
        return History.Queue.Count > 0
            ? Reserve(worker, History.Trials.Count, TrialOrigin.Enqueued, -1, History.Queue[0].Position, start)
            : Reserve(worker, History.Trials.Count, TrialOrigin.Sampler, History.SamplerIndex, 0, start);
    }

    private void Interfere()
    {
        if (Happens(_options.EnqueueRate))
            Append("user", 0, new Enqueued(History.Problem.Space.Sample(ref _chance)));
        if (History.SpaceRevision == 0 && History.Trials.Count >= _options.ReviseAfter)
        {
            var (before, after) = (History.Problem.Space, _options.Revise(History.Problem.Space));
            var fill = after.Parameters.Where(parameter => !before.Contains(parameter.Name))
                .ToImmutableSortedDictionary(parameter => parameter.Name, parameter => parameter.Default, StringComparer.Ordinal);
            Append("user", 0, new SpaceRevised(after, fill));
        }
    }

    private bool Reserve(string worker, int number, TrialOrigin origin, long index, long queued, SchedulerAction.Start start)
    {
        // Those who read history take turns, as they do under the proposer's lease.
        var isProposal = origin == TrialOrigin.Sampler;
        if (isProposal && _sampler.ReadsHistory && _proposing > 0)
            return false;
        var token = number < History.Trials.Count ? History.Trials[number].Token + 1 : 1;
        var configuration = isProposal ? null : Queued(number, queued);
        Append(worker, token, new Reserved(number, origin, index, queued, _options.Workers, start.Resource, start.Step));
        _proposing += isProposal ? 1 : 0;
        if (Happens(_options.ProposerLossRate))
        {
            After(3, () =>
            {
                _proposing -= isProposal ? 1 : 0;
                Append("watcher", token, new Lost(number, "the lease expired", WillRetry: true));
                After(0, () => Work(worker));
            });
            return true;
        }

        var basis = History.Position;
        Proposal? proposal = configuration is null ? Propose(number, index, start) : new(configuration);
        After(0.05 + (0.3 * _chance.NextDouble()), () =>
        {
            _proposing -= isProposal ? 1 : 0;
            Accept(worker, number, token, basis, proposal, isProposal);
        });
        return true;
    }

    private Configuration Queued(int number, long position)
    {
        var enqueued = (Enqueued)_events[(int)position - 1].Payload;
        var configuration = enqueued.Configuration;
        return ReferenceEquals(configuration.Space, History.Problem.Space) ? configuration
            : History.Problem.Space.Validate(configuration) is null ? configuration : History.Problem.Space.Sample(ref _chance);
    }

    private Proposal? Propose(int number, long index, SchedulerAction.Start start)
    {
        var proposals = _sampler.Propose(new(History, number, index, start.Resource, _options.Workers), 1);
        return proposals.Count == 0 ? null : proposals[0];
    }
}
