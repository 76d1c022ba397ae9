using Attune.Journals;

namespace Attune.Studies;

/// <summary>
/// The lease under which a sampler that reads history proposes, so that two processes never propose the same maximum. It is renewed for
/// as long as the sampler thinks. Should it be lost all the same (a process that slept, a store that failed), a proposal that rests on
/// less than the one before it is not recorded but made again.
/// </summary>
internal sealed class ProposerLease(StudyLog log, Liveness liveness, TimeProvider clock, TimeSpan duration) : IDisposable
{
    private const string Name = "proposer";
    private const int TriesBetweenLooks = 8;

    private readonly SemaphoreSlim _local = new(1);
    private long _beat;

    private bool HasCrashed => log.HasCrashed;

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

            return new(this, mine, duration / 3, clock);
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

    /// <summary>Whether the proposer before is known to be gone; asked now and then only, for what others appended is read first.</summary>
    private async ValueTask<bool> IsGoneAsync(string owner)
    {
        var record = await log.ReadAsync(recorder => recorder.History.Writers.GetValueOrDefault(owner)).ConfigureAwait(false);
        return record is not null && liveness.IsGone(record);
    }

    /// <returns>The lease as it stands then; null when somebody else has it.</returns>
    private async ValueTask<Lease?> RenewAsync(Lease mine, CancellationToken cancellationToken)
    {
        var leases = log.Journal.Leases;
        var next = mine with { Beat = ++_beat };
        if (await leases.TryWriteAsync(mine, next, cancellationToken).ConfigureAwait(false))
            return next;

        // An earlier write may only have seemed to fail.
        var all = await leases.ReadAsync(cancellationToken).ConfigureAwait(false);
        var found = all.FirstOrDefault(lease => lease.Name == Name && lease.Owner == mine.Owner);
        return found is not null && await leases.TryWriteAsync(found, next, cancellationToken).ConfigureAwait(false) ? next : null;
    }

    private async ValueTask LeaveAsync(Lease? mine)
    {
        try
        {
            if (mine is not null && !log.HasCrashed)
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

    /// <summary>A turn, which lasts until it is given back by disposing.</summary>
    internal sealed class Turnstile : IAsyncDisposable
    {
        private readonly ProposerLease _owner;
        private readonly PeriodicTimer _timer;
        private readonly Task _renewing;
        private Lease? _lease;

        internal Turnstile(ProposerLease owner, Lease lease, TimeSpan interval, TimeProvider clock)
        {
            (_owner, _lease, _timer) = (owner, lease, new(interval, clock));
            _renewing = RenewAsync();
        }

        public async ValueTask DisposeAsync()
        {
            // Ends the waiting without an exception, which would cost more than many a proposal.
            _timer.Dispose();
            await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _owner.LeaveAsync(_lease).ConfigureAwait(false);
        }

        private async Task RenewAsync()
        {
            while (_lease is not null && await _timer.WaitForNextTickAsync().ConfigureAwait(false) && !_owner.HasCrashed)
            {
                try
                {
                    _lease = await _owner.RenewAsync(_lease, CancellationToken.None).ConfigureAwait(false);
                }
                catch (JournalException)
                {
                    // The next beat may fare better; a lease lasts for three.
                }
            }
        }
    }
}
