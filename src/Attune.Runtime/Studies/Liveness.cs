using Attune.Events;
using Attune.Histories;
using Attune.Hosting;
using Attune.Journals;

namespace Attune.Studies;

/// <summary>
/// Who is alive. A writer is dead when it left, when its process is known to be gone, or when its lease did not change for its
/// duration by this observer's own monotonic clock, so that machines need not agree on the time.
/// </summary>
internal sealed class Liveness(ILeaseTable leases, TimeProvider clock, IHostProcesses processes, WriterIdentity self, TimeSpan duration)
{
    private const string TrialPrefix = "trial/";
    private const string WriterPrefix = "writer/";

    private readonly Dictionary<string, Sighting> _sightings = new(StringComparer.Ordinal);
    private volatile HashSet<string> _dead = new(StringComparer.Ordinal);
    private volatile HashSet<(int Trial, int Token)> _held = [];
    private Lease? _own;

    internal bool IsDead(string writer) => _dead.Contains(writer);

    /// <summary>Whether a trial is kept for an asker whose process is gone: nobody knows when it will be told.</summary>
    internal bool IsHeldByHand(Trial trial) => _held.Contains((trial.Number, trial.Token));

    /// <summary>Renews this writer's own lease; makes it at the first call.</summary>
    internal async ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        var next = new Lease(WriterLease(self.Name), self.Name, (_own?.Beat ?? 0) + 1, duration);
        if (!await leases.TryWriteAsync(_own, next, cancellationToken).ConfigureAwait(false))
        {
            // The table was lost, or an earlier write only seemed to fail: go on from what is there.
            var all = await leases.ReadAsync(cancellationToken).ConfigureAwait(false);
            var found = all.FirstOrDefault(lease => lease.Name == next.Name);
            next = next with { Beat = Math.Max(next.Beat, (found?.Beat ?? 0) + 1) };
            await leases.TryWriteAsync(found, next, cancellationToken).ConfigureAwait(false);
        }

        _own = next;
    }

    internal async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (_own is { } own)
            await leases.TryWriteAsync(own, null, cancellationToken).ConfigureAwait(false);
        _own = null;
    }

    /// <summary>Keeps a trial for its asker when this writer is gone.</summary>
    internal async ValueTask HoldAsync(int trial, int token, TimeSpan hold, CancellationToken cancellationToken) =>
        await leases.TryWriteAsync(null, new(TrialLease(trial, token), self.Name, 1, hold), cancellationToken).ConfigureAwait(false);

    /// <summary>Looks at all leases and finds the writers and holders of trials that are dead.</summary>
    /// <param name="history">A history that stays as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The running trials that nobody holds any more, with their tokens and how it is known.</returns>
    internal async ValueTask<IReadOnlyList<(int Trial, int Token, string Reason)>> LookAsync(
        History history, CancellationToken cancellationToken)
    {
        var current = new Dictionary<string, Lease>(StringComparer.Ordinal);
        foreach (var lease in await leases.ReadAsync(cancellationToken).ConfigureAwait(false))
            current[lease.Name] = lease;
        var dead = new HashSet<string>(StringComparer.Ordinal);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        var writers = history.Running.Concat(history.Reserved).Select(number => history.Trials[number].Worker).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var writer in writers)
        {
            if (writer != self.Name && Death(history, writer, current) is { } reason)
            {
                dead.Add(writer);
                reasons[writer] = reason;
            }
        }

        _dead = dead;
        await RemoveDeadAsync(history, current, writers, cancellationToken).ConfigureAwait(false);
        Forget(current, [.. writers.Select(WriterLease)]);
        await RemoveHoldsAsync(history, current, cancellationToken).ConfigureAwait(false);
        var lost = new List<(int, int, string)>();
        var held = new HashSet<(int, int)>();
        foreach (var number in history.Running)
        {
            var trial = history.Trials[number];
            if (trial.Worker is not { } worker || !dead.Contains(worker))
                continue;
            if (IsHeld(trial, current))
                held.Add((number, trial.Token));
            else
                lost.Add((number, trial.Token, reasons[worker]));
        }

        _held = held;
        return lost;
    }

    /// <summary>Whether a lease that somebody else holds has not changed for its duration, as far as this observer saw.</summary>
    internal bool IsExpired(string name, Lease? lease, TimeSpan patience)
    {
        var beat = lease?.Beat ?? -1;
        var owner = lease?.Owner;
        lock (_sightings)
        {
            if (!_sightings.TryGetValue(name, out var seen) || seen.Beat != beat || seen.Owner != owner)
                _sightings[name] = seen = new(beat, owner, clock.GetTimestamp());
            return clock.GetElapsedTime(seen.Since) >= patience;
        }
    }

    /// <summary>Whether a writer is known to be gone, without waiting for its lease.</summary>
    internal bool IsGone(WriterRecord record) =>
        record.HasLeft || processes.IsAlive(record.Identity.Host, record.Identity.ProcessId, record.Identity.ProcessStart) == false;

    /// <summary>Forgets the leases that are gone, but those whose absence counts: a long-lived observer sees very many.</summary>
    private void Forget(Dictionary<string, Lease> current, HashSet<string> missed)
    {
        lock (_sightings)
        {
            foreach (var name in _sightings.Keys)
            {
                if (!current.ContainsKey(name) && !missed.Contains(name))
                    _sightings.Remove(name);
            }
        }
    }

    /// <summary>Removes the leases of trials that nobody holds any more because they ended or were given to somebody else.</summary>
    private async ValueTask RemoveHoldsAsync(History history, Dictionary<string, Lease> current, CancellationToken cancellationToken)
    {
        HashSet<string>? running = null;
        foreach (var lease in current.Values)
        {
            if (!lease.Name.StartsWith(TrialPrefix, StringComparison.Ordinal))
                continue;
            running ??= [.. history.Running.Select(number => TrialLease(number, history.Trials[number].Token))];
            if (!running.Contains(lease.Name))
                await leases.TryWriteAsync(lease, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes the leases of dead writers that have no trial: nothing is decided by them any more. A writer that was only silent makes
    /// its lease anew, and one that beats meanwhile keeps it.
    /// </summary>
    private async ValueTask RemoveDeadAsync(
        History history, Dictionary<string, Lease> current, HashSet<string> needed, CancellationToken cancellationToken)
    {
        foreach (var lease in current.Values)
        {
            if (lease.Name.StartsWith(WriterPrefix, StringComparison.Ordinal) && lease.Owner != self.Name && !needed.Contains(lease.Owner)
                && Death(history, lease.Owner, current) is not null)
            {
                await leases.TryWriteAsync(lease, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string? Death(History history, string writer, Dictionary<string, Lease> current)
    {
        if (history.Writers.TryGetValue(writer, out var record) && IsGone(record))
            return record.HasLeft ? $"worker {writer} left" : $"worker {writer} (process {record.Identity.ProcessId}) is gone";

        var name = WriterLease(writer);
        var lease = current.GetValueOrDefault(name);
        return IsExpired(name, lease, lease?.Duration ?? duration)
            ? $"worker {writer} sent no heartbeat for {lease?.Duration ?? duration}"
            : null;
    }

    private bool IsHeld(Trial trial, Dictionary<string, Lease> current)
    {
        var name = TrialLease(trial.Number, trial.Token);
        if (!current.TryGetValue(name, out var lease))
            return false;
        return lease.Duration == Timeout.InfiniteTimeSpan || !IsExpired(name, lease, lease.Duration);
    }

    private static string WriterLease(string writer) => $"{WriterPrefix}{writer}";

    private static string TrialLease(int trial, int token) => $"{TrialPrefix}{trial}/{token}";

    private readonly record struct Sighting(long Beat, string? Owner, long Since);
}
