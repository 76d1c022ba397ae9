using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Testing.Studies;

/// <summary>Derives what a journal recorded again, from nothing but the journal.</summary>
public static class ReplayLaw
{
    /// <summary>
    /// Checks that every proposal of the journal follows, bit for bit, from the prefix up to its recorded basis, and every decision of
    /// the scheduler from its own, by fresh instances that only observed.
    /// </summary>
    /// <param name="events">A whole journal.</param>
    /// <param name="catalog">Makes the sampler and the scheduler.</param>
    /// <exception cref="ContractViolationException">Something recorded does not follow.</exception>
    public static void Check(IReadOnlyList<JournalEvent> events, IMethodCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(catalog);
        var definition = ((StudyCreated)events[0].Payload).Definition;
        var context = new MethodContext(definition.Problem, definition.Seed, definition.Budget);
        var pending = events.Where(e => e.Payload is Proposed { Sampler: not null } or Decided or Resumed).OrderBy(Basis).ToList();
        var samplers = new Dictionary<MethodDescriptor, ISampler>();
        foreach (var sampler in pending.Select(e => (e.Payload as Proposed)?.Sampler).OfType<MethodDescriptor>().Distinct())
            samplers[sampler] = catalog.CreateSampler(sampler, context);
        var scheduler = catalog.CreateScheduler(definition.Scheduler, context);
        var fold = new HistoryFold();
        var next = 0;
        for (var position = 0; position <= events.Count; position++)
        {
            for (; next < pending.Count && Basis(pending[next]) == position; next++)
                CheckOne(events, pending[next], fold.Current, samplers, scheduler);
            if (position == events.Count)
                break;
            fold.Apply(events[position]);
            scheduler.Observe(events[position], fold.Current);
            foreach (var sampler in samplers.Values.Where(sampler => sampler.ReadsHistory))
                sampler.Observe(events[position], fold.Current);
        }
    }

    /// <summary>Reads a whole journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<JournalEvent>> ReadAsync(IJournal journal, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var events = new List<JournalEvent>();
        await foreach (var journalEvent in journal.ReadAsync(0, cancellationToken).ConfigureAwait(false))
            events.Add(journalEvent);
        return events;
    }

    private static long Basis(JournalEvent journalEvent) => journalEvent.Payload switch
    {
        Proposed proposed => proposed.Basis,
        Decided decided => decided.Basis,
        Resumed resumed => resumed.Basis,
        _ => 0,
    };

    private static void CheckOne(
        IReadOnlyList<JournalEvent> events, JournalEvent recorded, History history, Dictionary<MethodDescriptor, ISampler> samplers,
        IScheduler scheduler)
    {
        switch (recorded.Payload)
        {
            case Proposed { Sampler: { } descriptor } proposed:
                var reserved = Reservation(events, recorded);
                var context = new ProposalContext(history, proposed.Trial, reserved.SamplerIndex, reserved.Resource, reserved.Parallelism);
                var derived = samplers[descriptor].Propose(context, 1);
                Require(
                    derived.Count == 1 && derived[0].Configuration.Equals(proposed.Configuration)
                        && derived[0].Annotation == proposed.Annotation,
                    recorded,
                    $"recorded ({proposed.Configuration}), derived ({(derived.Count == 0 ? "nothing" : derived[0].Configuration)})");
                break;
            case Decided decided:
                var measurement = ((Measured)events[(int)decided.Basis - 1].Payload).Measurement;
                var decision = scheduler.OnMeasurement(history.Trials[decided.Trial], measurement, new(history));
                Require(decision == decided.Decision, recorded, $"recorded {decided.Decision}, derived {decision}");
                break;
            case Resumed resumed:
                var action = scheduler.Next(new(history));
                Require(
                    action is SchedulerAction.Resume resume && resume.Trial == resumed.Trial && resume.Resource.Equals(resumed.Resource),
                    recorded,
                    $"recorded that trial {resumed.Trial} resumes, derived {action}");
                break;
        }
    }

    private static Reserved Reservation(IReadOnlyList<JournalEvent> events, JournalEvent proposed)
    {
        for (var i = (int)proposed.Position - 2; i >= 0; i--)
        {
            if (events[i].Payload is Reserved reserved && reserved.Trial == proposed.Trial)
                return reserved;
        }

        throw new ContractViolationException("study", "replay", 0, $"The proposal at position {proposed.Position} was never reserved.");
    }

    private static void Require(bool holds, JournalEvent recorded, string difference)
    {
        if (!holds)
            throw new ContractViolationException("study", "replay", 0,
                $"The event at position {recorded.Position} does not follow from its basis {Basis(recorded)}: {difference}.");
    }
}
