using Attune.Events;
using Attune.Journals;

namespace Attune.Runtime.Tests.Studies;

/// <summary>A store whose journals fail on demand, before or after the write.</summary>
internal sealed class FailingStore(IStudyStore inner) : IStudyStore
{
    /// <summary>How many appends fail from now on before anything was decided.</summary>
    internal int FailuresAtOnce;

    /// <summary>How many appends fail from now on without being written.</summary>
    internal int FailuresBefore;

    /// <summary>How many appends fail from now on although they are written.</summary>
    internal int FailuresAfter;

    public string Location => inner.Location;

    public async ValueTask<IJournal> CreateAsync(string name, EventDraft created, CancellationToken cancellationToken) =>
        new Journal(this, await inner.CreateAsync(name, created, cancellationToken));

    public async ValueTask<IJournal> OpenAsync(string name, CancellationToken cancellationToken) => new Journal(this, await inner.OpenAsync(name, cancellationToken));

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static bool Take(ref int failures)
    {
        if (Interlocked.Decrement(ref failures) >= 0)
            return true;
        Interlocked.Increment(ref failures);
        return false;
    }

    private static JournalException Fault() => new(JournalFault.Full, "The disk is full. Make room.");

    private sealed class Journal(FailingStore store, IJournal inner) : IJournal
    {
        public string Study => inner.Study;

        public bool IsShared => inner.IsShared;

        public ILeaseTable Leases => inner.Leases;

        public async ValueTask<long> AppendAsync(long after, AppendDecision decide, CancellationToken cancellationToken)
        {
            if (Take(ref store.FailuresAtOnce))
                throw Fault();
            var head = await inner.AppendAsync(
                after,
                (head, tail) =>
                {
                    var drafts = decide(head, tail);
                    if (drafts.Count == 0)
                        return drafts;
                    return Take(ref store.FailuresBefore) ? throw Fault() : drafts;
                },
                cancellationToken);
            return head > after && Take(ref store.FailuresAfter) ? throw Fault() : head;
        }

        public IAsyncEnumerable<JournalEvent> ReadAsync(long after, CancellationToken cancellationToken) => inner.ReadAsync(after, cancellationToken);

        public ValueTask WaitAsync(long after, TimeSpan patience, CancellationToken cancellationToken) => inner.WaitAsync(after, patience, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
