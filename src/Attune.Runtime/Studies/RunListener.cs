using System.Runtime.ExceptionServices;
using Attune.Events;
using Attune.Histories;

namespace Attune.Studies;

/// <summary>Hears of every event during a run: ends it when the study says so, and tells the caller's callbacks.</summary>
internal sealed class RunListener(RunOptions options, CancellationTokenSource cancelling)
{
    private volatile Exception? _failure;

    internal void Hear(JournalEvent journalEvent, History history)
    {
        try
        {
            if (IsEndOfRunning(history))
                Cancel();
            if (_failure is null)
                Tell(journalEvent, history);
        }
        catch (Exception exception)
        {
            // The event stands in the journal whatever a callback makes of it: the run ends, the study does not.
            _failure = exception;
            Cancel();
        }
    }

    internal void ThrowIfFailed()
    {
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    private static bool IsEndOfRunning(History history) =>
        history.IsCancelRequested || (history.Budget is { StopAtTarget: true, DrainAtTarget: false } && history.IsTargetReached());

    private void Tell(JournalEvent journalEvent, History history)
    {
        options.OnEvent?.Invoke(journalEvent, history);
        if (options.OnTrialFinished is { } callback
            && journalEvent.Payload is Finished or Failed { WillRetry: false } or Lost { WillRetry: false })
            callback(history.Trials[journalEvent.Trial!.Value], history);
    }

    private void Cancel()
    {
        try
        {
            if (!cancelling.IsCancellationRequested)
                _ = cancelling.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended meanwhile.
        }
    }
}
