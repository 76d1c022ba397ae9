using Attune.Journals;

namespace Attune.Studies;

/// <summary>
/// The short lease under which a sampler that reads history proposes, so that two processes never propose the same maximum. It is a
/// courtesy, not a lock: a proposal made without it would still be a lawful function of its basis.
/// </summary>
internal sealed class ProposerLease(StudyLog log, Liveness liveness, TimeProvider clock, TimeSpan duration) : IDisposable
{
    private const string Name = "proposer";
    private const int TriesBetweenLooks = 8;

    private readonly SemaphoreSlim _local = new(1);
    private long _beat;

    /// <summary>Waits for the turn of this process and of this caller within it.</summary>
    /// <returns>What gives the turn back.</returns>
    internal async ValueTask<Turnstile> EnterAsync(CancellationToken cancellationToken)
    {
        await _local.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var mine = new Lease(Name, log.Writer.Name, ++_beat, duration);
            for (var tries = 0; !await TryTakeAsync(mine, tries, cancellationToken).ConfigureAwait(false); tries++)
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

    private async ValueTask<bool> TryTakeAsync(Lease mine, int tries, CancellationToken cancellationToken)
    {
        var leases = log.Journal.Leases;
        var all = await leases.ReadAsync(cancellationToken).ConfigureAwait(false);
        var current = all.FirstOrDefault(lease => lease.Name == Name);
        if (current is not null && current.Owner != mine.Owner && !liveness.IsExpired(Name, current, current.Duration)
            && (tries % TriesBetweenLooks != 0 || !await IsGoneAsync(current.Owner).ConfigureAwait(false)))
        {
            return false;
        }

        return await leases.TryWriteAsync(current, mine, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the proposer before is known to be gone; asked now and then only, for it takes a turn at the journal.</summary>
    private async ValueTask<bool> IsGoneAsync(string owner)
    {
        var record = await log.CommitAsync(recorder => recorder.History.Writers.GetValueOrDefault(owner)).ConfigureAwait(false);
        return record is not null && liveness.IsGone(record);
    }

    private async ValueTask LeaveAsync(Lease mine)
    {
        try
        {
            if (!log.HasCrashed)
                await log.Journal.Leases.TryWriteAsync(mine, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            // It is ours still, or expires: either way nobody waits for ever.
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
