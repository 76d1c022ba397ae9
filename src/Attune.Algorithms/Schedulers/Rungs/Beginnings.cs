using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>Whether a new trial may begin, and what to do when none may.</summary>
internal static class Beginnings
{
    /// <summary>Whether the budget and the sampler let a new trial begin.</summary>
    internal static bool AreAllowed(History history) =>
        !(history.Trials.Count >= history.Budget.Trials) && (!history.IsExhausted || history.Queue.Count > 0);

    /// <summary>What to do when nothing may begin or be resumed: wait for what is under way, which may need something yet.</summary>
    internal static SchedulerAction WaitOrFinish(History history) =>
        history.Running.Count + history.Reserved.Count + history.AwaitingRetry.Count > 0
            ? new SchedulerAction.Wait()
            : new SchedulerAction.Finish();
}
