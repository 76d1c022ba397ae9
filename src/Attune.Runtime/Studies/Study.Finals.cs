using Attune.Events;
using Attune.Histories;

namespace Attune;

/// <content>Final evaluations: what is measured once the search has ended, and what it never sees.</content>
public sealed partial class Study
{
    /// <summary>
    /// The trials whose final evaluation says what the study found: the best one of a single objective; for several objectives those that
    /// no other dominates, and when these are more than <paramref name="most"/>, so many that are spread evenly over them in order of the
    /// first objective, both ends among them.
    /// </summary>
    /// <param name="history">The study at its end.</param>
    /// <param name="most">How many at most, at least 1.</param>
    /// <returns>Numbers of trials, the best of the first objective first.</returns>
    public static IReadOnlyList<int> FinalCandidates(History history, int most)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var front = history.Front.OrderBy(number => history.Trials[number].Losses[0]).ThenBy(number => number).ToArray();
        if (front.Length <= most)
            return front;
        var steps = Math.Max(1, most - 1);
        return [.. Enumerable.Range(0, most).Select(i => front[(int)((long)i * (front.Length - 1) / steps)])];
    }

    /// <summary>Whether a final evaluation of a trial ended well, so that it need not be repeated.</summary>
    /// <param name="history">The study.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="evaluation">What evaluates it; what something else measured does not count.</param>
    public static bool HasFinal(History history, int trial, string evaluation)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Finals.TryGetValue(trial, out var final) && final.Failure is null && final.Evaluation == evaluation;
    }

    /// <summary>
    /// Records the final evaluation of a trial. Samplers and schedulers never see it. Recording the same twice is harmless.
    /// </summary>
    /// <param name="trial">The number of a trial that completed, was stopped or is paused.</param>
    /// <param name="evaluation">What evaluated it, such as a command line.</param>
    /// <param name="metrics">What it measured.</param>
    /// <param name="failure">Why that is not to be relied on; null when it ended well.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>What stands in the journal: the first that ended well, should another process have been quicker.</returns>
    /// <exception cref="ArgumentException">There is no such trial, or it has not completed.</exception>
    public async ValueTask<FinalEvaluated> RecordFinalAsync(
        int trial, string evaluation, MetricValues metrics, Failure? failure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(metrics);
        cancellationToken.ThrowIfCancellationRequested();
        return await _log.CommitAsync(recorder =>
        {
            var history = recorder.History;
            if (trial < 0 || trial >= history.Trials.Count
                || history.Trials[trial].State is not (TrialState.Completed or TrialState.Stopped or TrialState.Paused))
                throw new ArgumentException($"Trial {trial} has not completed, so it has no final evaluation.", nameof(trial));
            if (HasFinal(history, trial, evaluation))
                return history.Finals[trial];
            recorder.Append(new FinalEvaluated(trial, evaluation, metrics, failure));
            return history.Finals[trial];
        }).ConfigureAwait(false);
    }
}
