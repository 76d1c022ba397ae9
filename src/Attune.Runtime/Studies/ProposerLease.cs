using Attune.Journals;

namespace Attune.Studies;

/// <summary>
/// The short lease under which a sampler that reads history proposes, so that two processes never propose the same maximum. It is a
/// courtesy, not a lock: a proposal made without it would still be a lawful function of its basis.
/// </summary>
internal sealed class ProposerLease(IJournal journal, Liveness liveness, TimeProvider clock, string writer, TimeSpan duration) : IDisposable
{
    private const string Name = "proposer";

    private readonly SemaphoreSlim _local = new(1);
    private long _beat;

    /// <summary>Waits for the turn of this process and of this caller within it.</summary>
    /// <returns>What gives the turn back.</returns>
    internal async ValueTask<Turnstile> EnterAsync(CancellationToken cancellationToken)
    {
        await _local.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var mine = new Lease(Name, writer, ++_beat, duration);
            for (var tries = 0; !await TryTakeAsync(mine, cancellationToken).ConfigureAwait(false); tries++)
            {
                var pause = TimeSpan.FromMilliseconds(Math.Min(50, 2 << Math.Min(tries, 5)));
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }

            return new(this, mine);
        }
        catch
        {
            _local.Release();
            throw;
        }
    }

    public void Dispose() => _local.Dispose();

    private async ValueTask<bool> TryTakeAsync(Lease mine, CancellationToken cancellationToken)
    {
        var all = await journal.Leases.ReadAsync(cancellationToken).ConfigureAwait(false);
        var current = all.FirstOrDefault(lease => lease.Name == Name);
        if (current is not null && current.Owner != writer && !liveness.IsDead(current.Owner) && !liveness.IsExpired(Name, current, current.Duration))
            return false;
        return await journal.Leases.TryWriteAsync(current, mine, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync(Lease mine)
    {
        try
        {
            await journal.Leases.TryWriteAsync(mine, null, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _local.Release();
        }
    }

    /// <summary>A turn; disposing gives it back.</summary>
    internal readonly struct Turnstile(ProposerLease owner, Lease lease) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => owner.LeaveAsync(lease);
    }
}
