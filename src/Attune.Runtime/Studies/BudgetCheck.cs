using Attune.Histories;

namespace Attune.Studies;

/// <summary>Compares a history with its budget.</summary>
internal static class BudgetCheck
{
    /// <summary>Why nothing at all may start any more, retries and resumptions included; none while something may.</summary>
    internal static StopReason End(Recorder recorder)
    {
        var history = recorder.History;
        var budget = history.Budget;
        if (history.IsStopRequested)
            return StopReason.Requested;
        if (budget.StopAtTarget && history.IsTargetReached())
            return StopReason.Target;
        if (budget.WallClock is { } limit && Alive(history, recorder.Now, recorder.Writer) >= limit)
            return StopReason.WallClock;
        if (history.ResourceSpent >= budget.Resource)
            return StopReason.Resource;
        if (history.CostSpent >= budget.Cost)
            return StopReason.Cost;
        if (history.ConsecutiveFailures >= budget.ConsecutiveFailures)
            return StopReason.ConsecutiveFailures;
        return history.FinishedWithoutImprovement >= budget.TrialsWithoutImprovement ? StopReason.NoImprovement : StopReason.None;
    }

    /// <summary>Why no new trial may be reserved, although open ones may go on.</summary>
    internal static StopReason NoNewTrial(History history)
    {
        if (history.Trials.Count >= history.Budget.Trials)
            return StopReason.Trials;
        return history.IsExhausted && history.Queue.Count == 0 ? StopReason.Exhausted : StopReason.None;
    }

    /// <summary>How long any worker may be alive still; null without a limit.</summary>
    internal static TimeSpan? TimeLeft(Recorder recorder) =>
        recorder.History.Budget.WallClock - Alive(recorder.History, recorder.Now, recorder.Writer);

    /// <summary>
    /// The time in which any worker was alive; whoever asks is alive now if it works on the study, but others may be dead.
    /// </summary>
    private static TimeSpan Alive(History history, DateTimeOffset now, string self) =>
        now > history.CoveredUntil && history.Writers.TryGetValue(self, out var writer) && !writer.HasLeft
            ? history.Alive + (now - history.CoveredUntil)
            : history.Alive;
}
