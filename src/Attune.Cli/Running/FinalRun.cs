using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Cli.Running;

/// <summary>The final evaluation: the final command runs for the best trial, or for those that no other dominates.</summary>
internal static class FinalRun
{
    /// <summary>How many trials of a front are evaluated at most.</summary>
    internal const int Most = 20;

    /// <summary>Evaluates what was not evaluated before by the same command, one process at a time, and writes it to the journal.</summary>
    /// <param name="study">The study, which has ended.</param>
    /// <param name="programs">The program of its file.</param>
    /// <param name="onStart">Told of each trial of several before it is evaluated; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; what it had evaluated stays.</param>
    /// <returns>All that is known now, the best of the first objective first; nothing when the file has no final command.</returns>
    internal static async Task<IReadOnlyList<FinalEvaluated>> RunAsync(
        Study study, StudyProgramRunner programs, Action<string>? onStart, CancellationToken cancellationToken)
    {
        if (programs.FinalCommand is not { } command)
            return [];
        if (Study.FinalCandidates(await study.SnapshotAsync(CancellationToken.None), Most).Count == 0)
            return [];
        var finals = new List<FinalEvaluated>();
        try
        {
            await using var turn = await programs.TakeTurnAsync("final", cancellationToken);

            // Another process may have evaluated them while this one waited.
            var history = await study.SnapshotAsync(cancellationToken);
            foreach (var number in Study.FinalCandidates(history, Most))
            {
                if (!Study.HasFinal(history, number, command))
                {
                    if (!history.Problem.IsSingleObjective)
                        onStart?.Invoke($"final evaluation of trial {number}");
                    var result = await programs.FinishAsync(Assign(history, history.Trials[number]), cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    finals.Add(await study.RecordFinalAsync(number, command, result.Metrics, result.Failure, CancellationToken.None));
                }
                else
                {
                    finals.Add(history.Finals[number]);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Interrupted: running the study again evaluates the rest.
        }

        return finals;
    }

    private static Assignment Assign(History history, Trial trial) => new(
        trial.Number, trial.Token, trial.Attempt, trial.Configuration!, history.Problem, Keys.EvaluationSeed(history.Seed, trial.Number))
    {
        Checkpoint = trial.Checkpoint,
    };
}
