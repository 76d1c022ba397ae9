using Attune.Events;

namespace Attune.Journals;

/// <summary>A journal in memory. Appends complete at once, on the caller's thread.</summary>
public sealed class MemoryJournal : IJournal
{
    private static readonly TimeSpan MaxPatience = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly EventRows _rows = new();
    private readonly TimeProvider _time;
    private TaskCompletionSource? _signal;
    private bool _isDeciding;
    private bool _isDeleted;

    internal MemoryJournal(string study, EventDraft created, TimeProvider time)
    {
        Study = study;
        _time = time;
        EventRows.Check(created);
        _rows.Append(created);
        _rows.Publish();
    }

    /// <inheritdoc/>
    public string Study { get; }

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public ILeaseTable Leases { get; } = new MemoryLeaseTable();

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative or beyond the end of the journal.</exception>
    /// <exception cref="InvalidOperationException">A decision called the journal.</exception>
    public ValueTask<long> AppendAsync(long after, AppendDecision decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<long>(cancellationToken);
        TaskCompletionSource? signal;
        long head;
        try
        {
            lock (_gate)
            {
                if (!Append(after, decide, out head))
                    return ValueTask.FromResult(head);
                (signal, _signal) = (_signal, null);
            }
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<long>(exception);
        }

        signal?.SetResult();
        return ValueTask.FromResult(head);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEvent> ReadAsync(
        long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        await Task.CompletedTask.ConfigureAwait(false);
        CheckNotDeleted();
        var head = _rows.Count;
        for (var position = after + 1; position <= head; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _rows.At(position);
        }
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(long after, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        lock (_gate)
        {
            if (_rows.Count > after || _isDeleted)
                return ValueTask.CompletedTask;
            _signal ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Wait(_signal.Task, patience < MaxPatience ? patience : MaxPatience, cancellationToken);
        }
    }

    /// <summary>Does nothing: the journal belongs to its store, and others may have it open.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void Delete()
    {
        TaskCompletionSource? signal;
        lock (_gate)
        {
            _isDeleted = true;
            (signal, _signal) = (_signal, null);
        }

        signal?.SetResult();
    }

    private bool Append(long after, AppendDecision decide, out long head)
    {
        CheckNotDeleted();
        if (_isDeciding)
            throw new InvalidOperationException("A decision must not call the journal that it decides for.");
        head = _rows.Count;
        if (after < 0 || after > head)
            throw new ArgumentOutOfRangeException(nameof(after), after, $"The position must be from 0 to {head}, the end of the journal.");
        _isDeciding = true;
        IReadOnlyList<EventDraft> drafts;
        try
        {
            drafts = decide(head, after == head ? [] : _rows.Range(after, head));
        }
        finally
        {
            _isDeciding = false;
        }

        // Everything is checked before anything is stored: an append is all or nothing.
        for (var i = 0; i < drafts.Count; i++)
            EventRows.Check(drafts[i]);
        for (var i = 0; i < drafts.Count; i++)
            head = _rows.Append(drafts[i]);
        _rows.Publish();
        return drafts.Count > 0;
    }

    private void CheckNotDeleted()
    {
        if (Volatile.Read(ref _isDeleted))
            throw new JournalException(JournalFault.NotFound, $"The study '{Study}' was deleted.");
    }

    private async ValueTask Wait(Task signal, TimeSpan patience, CancellationToken cancellationToken)
    {
        await signal.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
