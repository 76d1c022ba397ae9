using Attune.Events;
using Attune.Journals;

namespace Attune.Histories;

/// <summary>
/// What an event makes of the trial that it happened to. A trial depends on its own events alone, so that a store can keep rows of trials
/// up to date that equal the history without folding the whole journal.
/// </summary>
public static class TrialFold
{
    /// <summary>Takes the next event of one trial.</summary>
    /// <param name="problem">The problem; its revision does not matter.</param>
    /// <param name="spaceRevision">How often the space had been revised before the event.</param>
    /// <param name="before">The trial as its earlier events tell it; null when the event is its first.</param>
    /// <param name="journalEvent">An event whose payload is a <see cref="TrialEvent"/>.</param>
    /// <returns>The trial after the event.</returns>
    /// <exception cref="JournalException">The event contradicts what stands before.</exception>
    public static Trial Apply(Problem problem, int spaceRevision, Trial? before, in JournalEvent journalEvent)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (journalEvent.Payload is not TrialEvent payload)
            throw new ArgumentException("The event must have happened to a trial.", nameof(journalEvent));
        if (before is null)
            return payload is Reserved reserved
                ? Reserve(spaceRevision, journalEvent, reserved)
                : throw Damaged(journalEvent, $"there is no trial {payload.Trial}");
        if (payload is Recommended or FinalEvaluated)
            return before;
        if (before.IsFinished)
            throw Damaged(journalEvent, $"trial {before.Number} has already ended");
        CheckOrder(journalEvent, before, payload);
        return Apply(problem, spaceRevision, before, journalEvent, payload);
    }

    internal static JournalException Damaged(in JournalEvent journalEvent, string problem) => new(
        JournalFault.Damaged,
        $"The journal is damaged at position {journalEvent.Position} ({journalEvent.Payload.GetType().Name}): {problem}. "
        + "Restore the store from a copy.");

    private static Trial Reserve(int spaceRevision, in JournalEvent journalEvent, Reserved reserved)
    {
        var trial = new Trial
        {
            Number = reserved.Trial,
            Origin = reserved.Origin,
            SamplerIndex = reserved.SamplerIndex,
            Token = journalEvent.Token,
            Worker = journalEvent.Writer,
            Target = reserved.Resource,
            Step = reserved.Step,
            SpaceRevision = spaceRevision,
            ReservedAt = journalEvent.Time,
        };
        return reserved.QueuePosition == 0 ? trial : trial with { QueuePosition = reserved.QueuePosition };
    }

    private static Trial Apply(
        Problem problem, int spaceRevision, Trial trial, in JournalEvent journalEvent, TrialEvent payload) => payload switch
        {
            Reserved => trial with { Token = journalEvent.Token, Worker = journalEvent.Writer },
            Proposed proposed => trial with
            {
                Configuration = proposed.Configuration,
                Annotation = proposed.Annotation,
                SpaceRevision = spaceRevision,
            },
            Started started => Start(problem, trial, journalEvent, started),
            Resumed resumed => Resume(problem, trial, journalEvent, resumed),
            Measured measured => Measure(problem, trial, journalEvent, measured.Measurement),
            CheckpointSaved saved => trial with
            {
                Spending = ChargeTime(problem, trial, journalEvent),
                Checkpoint = saved.Checkpoint,
                CheckpointResource = saved.Resource,
            },
            Decided decided => trial with { Decision = decided.Decision, Step = decided.Step ?? trial.Step },
            Paused => trial with { Spending = ChargeRun(problem, trial, journalEvent), State = TrialState.Paused },
            Finished finished => trial with
            {
                Spending = ChargeRun(problem, trial, journalEvent),
                State = finished.Stopped ? TrialState.Stopped : TrialState.Completed,
                FinishedAt = journalEvent.Time,
            },
            Failed failed => trial with
            {
                Spending = ChargeTime(problem, trial, journalEvent),
                State = TrialState.Failed,
                WillRetry = failed.WillRetry,
                Failure = new(failed.Kind, failed.Reason),
                FinishedAt = failed.WillRetry ? null : journalEvent.Time,
            },
            Lost lost => Lose(problem, trial, journalEvent, lost),
            _ => trial,
        };

    private static Trial Start(Problem problem, Trial trial, in JournalEvent journalEvent, Started started)
    {
        // What a lost run measured beyond its checkpoint will be measured again.
        var from = problem.Fidelity is { IsResumable: true } ? trial.CheckpointResource : null;
        var begun = trial with
        {
            State = TrialState.Running,
            WillRetry = false,
            IsInterrupted = false,
            Decision = Scheduling.TrialDecision.Continue,
            Attempt = started.Attempt,
            Token = journalEvent.Token,
            Worker = journalEvent.Writer,
            Target = started.Resource,
            Step = started.Step ?? trial.Step,
            StartedAt = journalEvent.Time,
            FinishedAt = null,
            Spending = trial.Spending with { CountedResource = from ?? 0, CountedCost = 0 },
        };

        if (trial.Failure is not null)
            begun = begun with { Failure = null };
        if (trial.Measurements.Count == 0)
            return begun;
        var kept = trial.Measurements.Where(measurement => measurement.Resource <= from);
        return begun with
        {
            Measurements = kept,
            Reduced = LossReduction.Losses(problem, kept),
            Violations = LossReduction.Violations(problem, kept),
        };
    }

    private static Trial Resume(Problem problem, Trial trial, in JournalEvent journalEvent, Resumed resumed) => trial with
    {
        State = TrialState.Running,
        Decision = Scheduling.TrialDecision.Continue,
        Token = journalEvent.Token,
        Worker = journalEvent.Writer,
        Target = resumed.Resource,
        Step = resumed.Step ?? trial.Step,
        Configuration = resumed.Configuration ?? trial.Configuration,
        StartedAt = journalEvent.Time,
        Spending = trial.Spending with
        {
            CountedResource = problem.Fidelity is { IsResumable: true } ? trial.Spending.CountedResource : 0,
            CountedCost = 0,
        },
    };

    private static Trial Measure(Problem problem, Trial trial, in JournalEvent journalEvent, Measurement measurement)
    {
        var measurements = trial.Measurements.Add(measurement);
        var spending = ChargeTime(problem, trial, journalEvent);
        if (measurement.Resource is { } resource)
            spending = spending.UpToResource(resource);
        if (problem.CostMetric is { } metric && measurement.Metrics.TryGet(metric, out var cost))
            spending = spending.UpToCost(cost);
        return trial with
        {
            Measurements = measurements,
            Reduced = LossReduction.Losses(problem, measurements, trial.Reduced),
            Violations = LossReduction.Violations(problem, measurement, trial.Violations),
            Spending = spending,
        };
    }

    private static Trial Lose(Problem problem, Trial trial, in JournalEvent journalEvent, Lost lost)
    {
        // A number that was never proposed is given to somebody else; there is nothing to run again.
        if (trial.State == TrialState.Reserved && lost.WillRetry)
            return trial with { Worker = null };

        // When a worker disappears, what it did since its last word is not known, so it is not charged.
        return trial with
        {
            Spending = lost.Interrupted ? ChargeTime(problem, trial, journalEvent) : trial.Spending,
            State = TrialState.Lost,
            WillRetry = lost.WillRetry,
            IsInterrupted = lost.Interrupted,
            Failure = new(FailureKind.WorkerLost, lost.Reason),
            FinishedAt = lost.WillRetry ? null : journalEvent.Time,
        };
    }

    /// <summary>What a run that ended by itself has spent: one that did not report its resource has spent what it was given.</summary>
    private static Spending ChargeRun(Problem problem, Trial trial, in JournalEvent journalEvent)
    {
        var spending = ChargeTime(problem, trial, journalEvent);
        return problem.Fidelity is not { } fidelity || trial.State != TrialState.Running || trial.Resource is not null
            ? spending
            : spending.UpToResource(trial.Target ?? fidelity.High);
    }

    /// <summary>Without a cost metric, a run costs the seconds since it was started or resumed.</summary>
    private static Spending ChargeTime(Problem problem, Trial trial, in JournalEvent journalEvent) =>
        problem.CostMetric is null && trial.State == TrialState.Running && trial.StartedAt is { } started
            ? trial.Spending.UpToCost((journalEvent.Time - started).TotalSeconds)
            : trial.Spending;

    private static void CheckOrder(in JournalEvent journalEvent, Trial trial, TrialEvent payload)
    {
        var follows = payload switch
        {
            Reserved or Proposed => trial.State == TrialState.Reserved,
            Started => (trial.State == TrialState.Reserved && trial.Configuration is not null) || trial.WillRetry,
            Resumed => trial.State == TrialState.Paused,
            Launched or Measured or CheckpointSaved or Decided or Paused => trial.State == TrialState.Running,
            Finished => trial.State is TrialState.Running or TrialState.Paused,
            _ => true,
        };
        if (!follows)
            throw Damaged(journalEvent, $"it does not follow for trial {trial.Number}, which is {trial.State}");
        if (payload is Started { Attempt: var attempt } && attempt < trial.Attempt)
            throw Damaged(journalEvent, $"trial {trial.Number} is at attempt {trial.Attempt} already");
        var isStale = payload switch
        {
            Reserved or Started or Resumed => journalEvent.Token < trial.Token,
            Failed or Lost => false,
            _ => journalEvent.Token != trial.Token,
        };
        if (isStale && journalEvent.Token != 0)
            throw Damaged(journalEvent,
                $"it has token {journalEvent.Token}, but trial {trial.Number} was given away under token {trial.Token}");
    }
}
