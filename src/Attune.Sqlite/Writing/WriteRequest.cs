using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>Something that one caller wants written. It waits in the queue, is cancelled there, or is taken into a transaction.</summary>
internal abstract class WriteRequest
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Ended = 2;

    private int _state;
    private CancellationTokenRegistration _registration;

    /// <summary>Reads under the write lock and decides what to write. What it throws concerns this request alone.</summary>
    internal abstract void Decide(Database database);

    /// <summary>Writes. What it throws ends the whole transaction.</summary>
    internal abstract void Write(Database database);

    /// <summary>The transaction stands: hands out the result.</summary>
    internal abstract void Complete();

    /// <summary>The transaction that it had been part of did not stand; <see cref="Fail"/> follows.</summary>
    internal virtual void Undo()
    {
    }

    /// <summary>Nothing was written.</summary>
    internal abstract void Fail(Exception exception);

    protected abstract void Cancel(CancellationToken cancellationToken);

    internal bool IsWaiting => Volatile.Read(ref _state) == Waiting;

    /// <summary>From here on it cannot be cancelled any more.</summary>
    internal bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting)
            return false;
        _registration.Unregister();
        return true;
    }

    internal void CancelBy(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static (request, token) => ((WriteRequest)request!).TryCancel(token), this);
        }
    }

    private void TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting)
            Cancel(cancellationToken);
    }
}

/// <summary>A request with a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal abstract class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<T> Task => _completion.Task;

    protected T Result { get; set; } = default!;

    internal override void Complete() => _completion.TrySetResult(Result);

    internal override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected override void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
