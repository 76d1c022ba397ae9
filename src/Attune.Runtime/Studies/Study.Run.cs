using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Studies;

namespace Attune;

/// <content>Running.</content>
public sealed partial class Study
{
    private static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WatchBreath = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Runs trials until the budget ends the study, the sampler or scheduler has nothing more, or the caller cancels. Several processes
    /// may run the same study. A study that was stopped goes on.
    /// </summary>
    /// <param name="executor">Runs each trial.</param>
    /// <param name="options">How many at a time, and who is told.</param>
    /// <param name="cancellationToken">
    /// Interrupts politely: running trials are interrupted by their executor and run again when the study goes on. A token that is
    /// cancelled already ends the run in the same way, before anything is written.
    /// </param>
    /// <returns>How it ended. Cancellation is not an error, whenever it comes. What a callback throws ends the run politely and is thrown
    /// here.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than <see cref="RunOptions.MaximumParallelism"/> trials are to
    /// run at a time.</exception>
    /// <exception cref="JournalException">The store failed; what was finished before is safe.</exception>
    public async Task<RunSummary> RunAsync(IExecutor executor, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executor);
        options ??= new();
        RunOptions.CheckParallelism(options.Parallelism, nameof(RunOptions.Parallelism));
        var run = RunSlotsAsync(executor, options, cancellationToken);
        lock (_runs)
            _runs.Add(run);
        try
        {
            return await run.ConfigureAwait(false);
        }
        finally
        {
            lock (_runs)
                _runs.Remove(run);
        }
    }

    private Task[] CurrentRuns()
    {
        lock (_runs)
            return [.. _runs];
    }

    private async Task<RunSummary> RunSlotsAsync(IExecutor executor, RunOptions options, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return await _log.CommitAsync(static recorder => new RunSummary(BudgetCheck.End(recorder), new(recorder.History)))
                .ConfigureAwait(false);
        await JoinAsync(CancellationToken.None).ConfigureAwait(false);
        await _log.CommitAsync(static recorder => recorder.History.IsStopRequested ? recorder.Append(new Continued()) : 0)
            .ConfigureAwait(false);

        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        using var watching = new CancellationTokenSource();
        var listener = new RunListener(options, cancelling);
        _log.Committed += listener.Hear;
        var watch = Task.Run(() => WatchAsync(watching.Token), CancellationToken.None);
        try
        {
            var slots = new List<Task<StopReason>>();
            do
                slots.Add(Task.Run(() => RunSlotAsync(executor, options.Parallelism, cancelling), CancellationToken.None));
            while (slots.Count < options.Parallelism && !cancelling.IsCancellationRequested);
            var reasons = await Task.WhenAll(slots).ConfigureAwait(false);
            listener.ThrowIfFailed();
            if (!cancelling.IsCancellationRequested)
                await RecordRecommendationAsync().ConfigureAwait(false);
            var history = await SnapshotAsync(CancellationToken.None).ConfigureAwait(false);
            return new(reasons.FirstOrDefault(reason => reason != StopReason.None), history);
        }
        finally
        {
            _log.Committed -= listener.Hear;
            await watching.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StopReason> RunSlotAsync(IExecutor executor, int parallelism, CancellationTokenSource cancelling)
    {
        try
        {
            while (!cancelling.IsCancellationRequested)
            {
                var changed = _log.Changed;
                switch (await TakeTurnAsync(parallelism, cancelling.Token).ConfigureAwait(false))
                {
                    case Turn.Run { Assignment: var assignment }:
                        await RunTrialAsync(executor, assignment, cancelling.Token).ConfigureAwait(false);
                        break;
                    case Turn.Finish { Reason: var reason }:
                        return reason;
                    default:
                        await changed.WaitAsync(cancelling.Token).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (cancelling.IsCancellationRequested)
        {
            // Asked to end while waiting for something to do.
        }
        catch
        {
            // One slot's trouble (a store that failed, a sampler's defect) ends the run; the others must not wait for events that never
            // come.
            await cancelling.CancelAsync().ConfigureAwait(false);
            throw;
        }

        return await _log.ReadAsync(BudgetCheck.End).ConfigureAwait(false);
    }

    private async Task RunTrialAsync(IExecutor executor, Assignment assignment, CancellationToken cancellationToken)
    {
        var sink = new TrialSink(this, _log, assignment);
        ExecutionResult result;
        try
        {
            result = await executor.RunAsync(assignment, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = new ExecutionResult.Interrupted();
        }
        catch (StaleTokenException)
        {
            return;
        }
        catch (JournalException)
        {
            _turns.Drop(assignment.Trial, assignment.Token);
            throw;
        }
        catch (Exception exception) when (!_log.HasCrashed)
        {
            result = new ExecutionResult.Failed(FailureKind.Error, $"The executor failed: {exception.Message}");
        }

        try
        {
            await EndAsync(assignment, result).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            _turns.Drop(assignment.Trial, assignment.Token);
            throw;
        }
        catch (StaleTokenException)
        {
            // The trial was declared lost and given to somebody else while it ran here: theirs counts.
        }
    }

    internal async ValueTask EndAsync(Assignment assignment, ExecutionResult result)
    {
        try
        {
            await EndAsync(recorder => End(recorder, assignment, result), CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            // A finished evaluation is worth a second try; should the first have been written after all, this one is refused or harmless.
            await EndAsync(recorder => End(recorder, assignment, result), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static Trial End(Recorder recorder, Assignment assignment, ExecutionResult result)
    {
        var (trial, token) = (assignment.Trial, assignment.Token);
        return result switch
        {
            ExecutionResult.Completed => TrialEnd.Complete(recorder, trial, token, metrics: null),
            ExecutionResult.Paused => TrialEnd.Pause(recorder, trial, token),
            ExecutionResult.Failed failed => TrialEnd.Fail(recorder, trial, token, failed.Kind, failed.Reason),
            _ when recorder.History.Budget.StopAtTarget && recorder.History.IsTargetReached() =>
                TrialEnd.Fail(recorder, trial, token, FailureKind.Cancelled, "cancelled: the target is reached"),
            _ => TrialEnd.Interrupt(recorder, trial, token, "interrupted"),
        };
    }

    private async ValueTask<bool> HasMoreAsync(CancellationToken cancellationToken)
    {
        await foreach (var unused in _log.Journal.ReadAsync(_log.Known, cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }

    /// <summary>Takes in what other processes append, so that waiting slots and the display see it.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _log.Journal.WaitAsync(_log.Known, WatchPatience, cancellationToken).ConfigureAwait(false);

                // A look costs a read; only what is really new is worth a turn at the journal.
                if (await HasMoreAsync(cancellationToken).ConfigureAwait(false))
                    await _log.PullAsync().ConfigureAwait(false);
            }
            catch (JournalException)
            {
                // Whoever needs the store is told by it; watching goes on, for others wait for what it sees.
            }

            // Our own appends wake us too: a breath between looks keeps them cheap.
            await Task.Delay(WatchBreath, cancellationToken).ConfigureAwait(false);
        }
    }
}
