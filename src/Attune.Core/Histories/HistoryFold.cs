using Attune.Events;
using Attune.Journals;

namespace Attune.Histories;

/// <summary>Folds events into a history: the only way in which one is made.</summary>
public sealed partial class HistoryFold
{
    private readonly TimeUnion _alive = new();
    private readonly LeastLoss _best = new();
    private string? _lastWriter;

    /// <summary>The live history.</summary>
    public History Current { get; } = new();

    /// <summary>A copy that stays as it is; trials are shared, so it is cheap.</summary>
    public History Snapshot() => new(Current);

    /// <summary>Folds events.</summary>
    /// <param name="events">Events in journal order.</param>
    /// <returns>The history after the last.</returns>
    /// <exception cref="JournalException">The events contradict each other.</exception>
    public static History Fold(IEnumerable<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var fold = new HistoryFold();
        foreach (var journalEvent in events)
            fold.Apply(journalEvent);
        return fold.Current;
    }

    /// <summary>Takes the next event.</summary>
    /// <param name="journalEvent">The event at the position after the current one.</param>
    /// <exception cref="JournalException">The event does not follow, or contradicts what stands before.</exception>
    public void Apply(in JournalEvent journalEvent)
    {
        if (journalEvent.Position != Current.Position + 1)
            throw TrialFold.Damaged(journalEvent, $"position {Current.Position + 1} was expected");
        if (Current.Position == 0 != journalEvent.Payload is StudyCreated)
            throw TrialFold.Damaged(journalEvent, "a journal begins with the creation of its study, and has only one");
        if (journalEvent.Payload is TrialEvent trialEvent)
            ApplyToTrial(journalEvent, trialEvent);
        else
            ApplyToStudy(journalEvent);

        // A turn at the journal often writes several events at one moment: the first of them has counted the time.
        if (journalEvent.Payload is not TrialEvent || journalEvent.Time != Current.UpdatedAt
            || !ReferenceEquals(journalEvent.Writer, _lastWriter))
            CountTime(journalEvent);
        _lastWriter = journalEvent.Writer;
        Current.Position = journalEvent.Position;
        Current.UpdatedAt = journalEvent.Time;
    }

    private void ApplyToStudy(in JournalEvent journalEvent)
    {
        switch (journalEvent.Payload)
        {
            case StudyCreated created:
                Current.Definition = created.Definition;
                Current.Sampler = created.Definition.Sampler;
                Current.Problem = created.Definition.Problem;
                Current.Budget = Current.DeclaredBudget = created.Definition.Budget;
                Current.CreatedAt = journalEvent.Time;
                break;
            case WriterJoined joined:
                Current.WriterTable[joined.Writer.Name] = new(joined.Writer, journalEvent.Time, HasLeft: false);
                break;
            case WriterLeft when Current.WriterTable.TryGetValue(journalEvent.Writer, out var writer):
                Current.WriterTable[journalEvent.Writer] = writer with { HasLeft = true };
                break;
            case Enqueued enqueued:
                Current.QueueList.Add(new(journalEvent.Position, enqueued.Configuration, enqueued.Note));
                break;
            case BudgetChanged changed:
                Current.Budget = changed.Budget;
                if (changed.IsDeclared)
                    Current.DeclaredBudget = changed.Budget;
                break;
            case SamplerChanged changed:
                Current.Sampler = changed.Sampler;
                Current.IsExhausted = false;
                break;
            case SpaceRevised revised:
                Current.Problem = Current.Problem.WithSpace(revised.Space);
                Current.SpaceRevision++;
                Current.IsExhausted = false;
                break;
            case StopRequested stop:
                Current.IsStopRequested = true;
                Current.IsCancelRequested |= stop.CancelRunning;
                break;
            case Continued:
                Current.IsStopRequested = Current.IsCancelRequested = false;
                break;
            case SamplerExhausted:
                Current.IsExhausted = true;
                break;
        }
    }

    private void ApplyToTrial(in JournalEvent journalEvent, TrialEvent payload)
    {
        if (payload is Reserved { Trial: var number } first && number == Current.Table.Count)
        {
            Reserve(journalEvent, first);
            return;
        }

        if (payload.Trial < 0 || payload.Trial >= Current.Table.Count)
            throw TrialFold.Damaged(journalEvent, $"there is no trial {payload.Trial}");
        var before = Current.Table[payload.Trial];
        if (payload is Recommended recommended)
        {
            (Current.Recommendation, Current.RecommendedAfter) = (recommended, Current.FinishedCount);
            return;
        }

        if (payload is FinalEvaluated evaluated)
        {
            Current.FinalTable[evaluated.Trial] = evaluated;
            return;
        }

        var after = TrialFold.Apply(Current.Problem, Current.SpaceRevision, before, journalEvent);
        Move(before, after);
        CountPrograms(before, payload);
        if (after.IsFinished)
            Finish(after);
        if (after.State != before.State && (IsComparable(before) || IsComparable(after)))
            Compare(before, after, journalEvent.Position);
    }

    private void Reserve(in JournalEvent journalEvent, Reserved reserved)
    {
        if (reserved.QueuePosition != 0 && !Current.QueueList.Exists(queued => queued.Position == reserved.QueuePosition))
            throw TrialFold.Damaged(journalEvent, $"nothing that was enqueued at position {reserved.QueuePosition} waits");
        var trial = TrialFold.Apply(Current.Problem, Current.SpaceRevision, null, journalEvent);
        if (reserved.Origin == TrialOrigin.Sampler)
            Current.SamplerIndex = Math.Max(Current.SamplerIndex, reserved.SamplerIndex + 1);
        else if (reserved.Origin == TrialOrigin.Enqueued)
            Current.QueueList.RemoveAll(queued => queued.Position == reserved.QueuePosition);
        Current.Table.Set(trial);
        Current.StateCounts[(int)trial.State]++;
        Current.ReservedSet.Add(trial.Number);
    }

    private void Move(Trial before, Trial after)
    {
        Current.Table.Set(after);
        Current.ResourceSpent += after.ResourceSpent - before.ResourceSpent;
        Current.CostSpent += after.CostSpent - before.CostSpent;
        if (before.State == after.State && before.WillRetry == after.WillRetry)
            return;
        Current.StateCounts[(int)before.State]--;
        Current.StateCounts[(int)after.State]++;
        SetOf(before)?.Remove(before.Number);
        SetOf(after)?.Add(after.Number);
    }

    private NumberSet? SetOf(Trial trial) => trial.State switch
    {
        TrialState.Reserved => Current.ReservedSet,
        TrialState.Running => Current.RunningSet,
        TrialState.Paused => Current.PausedSet,
        TrialState.Failed or TrialState.Lost when trial.WillRetry => Current.RetrySet,
        _ => null,
    };

    private void CountPrograms(Trial before, TrialEvent payload)
    {
        switch (payload)
        {
            case Launched launched:
                Current.ProgramTable[before.Number] = launched;
                break;
            // Whoever says these things saw the program end; only an unexplained loss leaves it unknown.
            case Finished or Failed or Paused or Lost { Interrupted: true }:
                Current.ProgramTable.Remove(before.Number);
                break;
        }
    }

    private void Finish(Trial trial)
    {
        Current.FinishedCount++;

        // What was cancelled says nothing about the objective.
        if (trial is { State: TrialState.Failed, Failure.Kind: FailureKind.Cancelled })
            return;
        Current.FinishedWithoutImprovement++;
        Current.ConsecutiveFailures = trial.State switch
        {
            TrialState.Failed or TrialState.Lost => Current.ConsecutiveFailures + 1,
            _ => 0,
        };
    }

    /// <summary>A writer that has joined and not left was alive from its previous event to this one.</summary>
    private void CountTime(in JournalEvent journalEvent)
    {
        if (!Current.WriterTable.TryGetValue(journalEvent.Writer, out var writer)
            || (writer.HasLeft && journalEvent.Payload is not WriterLeft))
            return;
        if (journalEvent.Time > Current.CoveredUntil)
            Current.CoveredUntil = journalEvent.Time;
        if (journalEvent.Time <= writer.LastSeen)
            return;
        Current.Alive = _alive.Add(writer.LastSeen, journalEvent.Time);
        Current.WriterTable[journalEvent.Writer] = writer with { LastSeen = journalEvent.Time };
    }
}
