using Attune.Events;

namespace Attune.Journals;

/// <summary>The append-only list of events of one study; any number of threads and processes may use it at once.</summary>
/// <remarks>
/// Every condition on an append (a fencing token, a budget, the next free number) is evaluated by the caller's decision on the complete
/// journal while the journal is held. Appends therefore never conflict; they only take turns, and the journal sees to it that every
/// process gets its turn. An append is atomic and durable, at the journal's level, when it returns.
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>The name of the study.</summary>
    string Study { get; }

    /// <summary>Whether other processes may append too.</summary>
    bool IsShared { get; }

    /// <summary>Leases: who is alive. They are not part of the journal.</summary>
    ILeaseTable Leases { get; }

    /// <summary>Appends atomically.</summary>
    /// <param name="after">The position up to which the caller knows the journal; 0 for nothing.</param>
    /// <param name="decide">Decides what to append.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn; once the decision has run, the append is carried through.</param>
    /// <returns>The position of the last event after the append.</returns>
    /// <exception cref="JournalException">
    /// The store failed. All of the append stands or nothing: nothing, unless the store failed after it had written. The message says what
    /// to do.
    /// </exception>
    ValueTask<long> AppendAsync(long after, AppendDecision decide, CancellationToken cancellationToken);

    /// <summary>Reads events in order.</summary>
    /// <param name="after">The position after which to begin; 0 for the beginning.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">The store failed or is damaged. The message says what to do.</exception>
    IAsyncEnumerable<JournalEvent> ReadAsync(long after, CancellationToken cancellationToken);

    /// <summary>Waits until there may be events after a position, or for a moment, whichever is earlier.</summary>
    /// <param name="after">The position up to which the caller knows the journal.</param>
    /// <param name="patience">How long at most; positive.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask WaitAsync(long after, TimeSpan patience, CancellationToken cancellationToken);
}
