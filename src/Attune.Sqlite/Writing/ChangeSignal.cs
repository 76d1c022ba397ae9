namespace Attune.Sqlite.Writing;

/// <summary>Wakes everybody who waits for this process to append.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes with the next signal.</summary>
    internal Task Next
    {
        get
        {
            var waiting = Volatile.Read(ref _waiting);
            if (waiting is not null)
                return waiting.Task;
            var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _waiting, created, null) ?? created).Task;
        }
    }

    internal void Signal() => Interlocked.Exchange(ref _waiting, null)?.SetResult();
}
