namespace Attune.Studies;

/// <summary>An operation that waits for its turn at the journal.</summary>
internal abstract class PendingOperation(bool isReadOnly)
{
    /// <summary>Whether it records nothing.</summary>
    internal bool IsReadOnly => isReadOnly;

    internal abstract void Execute(Recorder recorder);

    internal abstract void Complete();

    internal abstract void Fail(Exception exception);
}

/// <summary>An operation with a result.</summary>
internal sealed class PendingOperation<T>(Func<Recorder, T> operation, bool isReadOnly) : PendingOperation(isReadOnly)
{
    private TaskCompletionSource<T>? _completion;
    private Exception? _failure;
    private T? _result;

    /// <summary>The result, when somebody else carries the operation out.</summary>
    internal Task<T> Follow()
    {
        _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _completion.Task;
    }

    /// <summary>The result, when the caller carried it out.</summary>
    internal T Result()
    {
        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        return _result!;
    }

    internal override void Execute(Recorder recorder)
    {
        var before = recorder.Drafts.Count;
        try
        {
            _result = operation(recorder);
        }
        catch (Exception exception) when (recorder.Drafts.Count == before)
        {
            // It refused before it wrote anything: its own affair, and the others of the batch go on.
            _failure = exception;
        }
    }

    internal override void Complete()
    {
        if (_completion is null)
            return;
        if (_failure is not null)
            _completion.SetException(_failure);
        else
            _completion.SetResult(_result!);
    }

    internal override void Fail(Exception exception)
    {
        _failure = exception;
        _completion?.SetException(exception);
    }
}
