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
            return payload is Reserved reserved ? Reserve(spaceRevision, journalEvent, reserved) : throw Damaged(journalEvent, $"there is no trial {payload.Trial}");
        if (payload is Recommended)
            return before;
        return before.IsFinished
            ? throw Damaged(journalEvent, $"trial {before.Number} has already ended")
            : Apply(problem, before, journalEvent, payload);
    }

    internal static JournalException Damaged(in JournalEvent journalEvent, string problem) => new(
        JournalFault.Damaged,
        $"The journal is damaged at position {journalEvent.Position} ({journalEvent.Payload.GetType().Name}): {problem}. Restore the store from a copy.");

    private static Trial Reserve(int spaceRevision, in JournalEvent journalEvent, Reserved reserved) => new()
    {
        Number = reserved.Trial,
        Origin = reserved.Origin,
        SamplerIndex = reserved.SamplerIndex,
        QueuePosition = reserved.QueuePosition == 0 ? null : reserved.QueuePosition,
        Token = journalEvent.Token,
        Worker = journalEvent.Writer,
        Target = reserved.Resource,
        Step = reserved.Step,
        SpaceRevision = spaceRevision,
        ReservedAt = journalEvent.Time,
    };

    private static Trial Apply(Problem problem, Trial trial, in JournalEvent journalEvent, TrialEvent payload) => payload switch
    {
        Reserved => trial with { Token = journalEvent.Token, Worker = journalEvent.Writer },
        Proposed proposed => trial with { Configuration = proposed.Configuration, Annotation = proposed.Annotation },
        Started started => Start(problem, trial, journalEvent, started),
        Resumed resumed => Resume(problem, trial, journalEvent, resumed),
        Measured measured => Measure(problem, trial, measured.Measurement),
        CheckpointSaved saved => trial with { Checkpoint = saved.Checkpoint, CheckpointResource = saved.Resource },
        Decided decided => trial with { Step = decided.Step ?? trial.Step },
        Paused => Charge(problem, trial, journalEvent) with { State = TrialState.Paused },
        Finished finished => Complete(problem, trial, journalEvent, finished),
        Failed failed => Charge(problem, trial, journalEvent) with
        {
            State = TrialState.Failed,
            WillRetry = failed.WillRetry,
            Failure = new(failed.Kind, failed.Reason),
            FinishedAt = journalEvent.Time,
        },
        Lost lost => Lose(problem, trial, journalEvent, lost),
        _ => trial,
    };

    private static Trial Start(Problem problem, Trial trial, in JournalEvent journalEvent, Started started)
    {
        var begun = trial with
        {
            State = TrialState.Running,
            WillRetry = false,
            IsInterrupted = false,
            Failure = null,
            Attempt = started.Attempt,
            Token = journalEvent.Token,
            Worker = journalEvent.Writer,
            Target = started.Resource,
            Step = started.Step ?? trial.Step,
            StartedAt = journalEvent.Time,
            FinishedAt = null,
        };

        // What a lost run measured beyond its checkpoint will be measured again.
        var from = problem.Fidelity is { IsResumable: true } ? trial.CheckpointResource : null;
        var kept = trial.Measurements.Count == 0 ? trial.Measurements : trial.Measurements.Where(measurement => measurement.Resource <= from);
        begun = begun with { CountedResource = from ?? 0 };
        return ReferenceEquals(kept, trial.Measurements)
            ? begun
            : begun with
            {
                Measurements = kept,
                Losses = LossReduction.Losses(problem, kept, []),
                Violations = LossReduction.Violations(problem, kept),
            };
    }

    private static Trial Resume(Problem problem, Trial trial, in JournalEvent journalEvent, Resumed resumed) => trial with
    {
        State = TrialState.Running,
        Token = journalEvent.Token,
        Worker = journalEvent.Writer,
        Target = resumed.Resource,
        Step = resumed.Step ?? trial.Step,
        Configuration = resumed.Configuration ?? trial.Configuration,
        StartedAt = journalEvent.Time,
        CountedResource = problem.Fidelity is { IsResumable: true } ? trial.CountedResource : 0,
    };

    private static Trial Measure(Problem problem, Trial trial, Measurement measurement)
    {
        var measurements = trial.Measurements.Add(measurement);
        var losses = LossReduction.Losses(problem, measurements, trial.Losses);
        var measured = trial with { Measurements = measurements, Losses = losses };
        if (!problem.Constraints.IsEmpty)
            measured = measured with { Violations = LossReduction.Violations(problem, measurements) };
        return measurement.Resource is { } resource && resource > trial.CountedResource
            ? measured with { ResourceSpent = trial.ResourceSpent + resource - trial.CountedResource, CountedResource = resource }
            : measured;
    }

    private static Trial Complete(Problem problem, Trial trial, in JournalEvent journalEvent, Finished finished)
    {
        var charged = Charge(problem, trial, journalEvent);

        // A program that does not report its resource has spent what it was given.
        if (problem.Fidelity is { } fidelity && trial.Resource is null)
            charged = charged with { ResourceSpent = charged.ResourceSpent + (trial.Target ?? fidelity.High) - trial.CountedResource };
        return charged with { State = finished.Stopped ? TrialState.Stopped : TrialState.Completed, FinishedAt = journalEvent.Time };
    }

    private static Trial Lose(Problem problem, Trial trial, in JournalEvent journalEvent, Lost lost)
    {
        // A number that was never proposed is given to somebody else; there is nothing to run again.
        if (trial.State == TrialState.Reserved && lost.WillRetry)
            return trial with { Worker = null };
        return (lost.Interrupted ? Charge(problem, trial, journalEvent) : ChargeReported(problem, trial)) with
        {
            State = TrialState.Lost,
            WillRetry = lost.WillRetry,
            IsInterrupted = lost.Interrupted,
            Failure = new(FailureKind.WorkerLost, lost.Reason),
            FinishedAt = lost.WillRetry ? null : journalEvent.Time,
        };
    }

    private static Trial Charge(Problem problem, Trial trial, in JournalEvent journalEvent)
    {
        if (problem.CostMetric is not null)
            return ChargeReported(problem, trial);
        var seconds = trial.StartedAt is { } started && trial.State == TrialState.Running ? (journalEvent.Time - started).TotalSeconds : 0;
        return seconds > 0 ? trial with { CostSpent = trial.CostSpent + seconds } : trial;
    }

    /// <summary>The cost that the last measurement of this attempt tells: all that is known when a worker disappears.</summary>
    private static Trial ChargeReported(Problem problem, Trial trial)
    {
        if (trial.Measurements.Count == 0 || trial.Measurements[^1] is not { } last || last.Attempt != trial.Attempt)
            return trial;
        var cost = problem.CostMetric is { } metric ? last.Metrics.TryGet(metric, out var value) ? value : 0 : last.Elapsed ?? 0;
        return cost > 0 ? trial with { CostSpent = trial.CostSpent + cost } : trial;
    }
}
