using Attune.Events;
using Attune.Journals;
using Attune.Simulation;
using Attune.Studies;

namespace Attune;

/// <content>Being a worker: joining, beating, finding who is lost, leaving.</content>
public sealed partial class Study
{
    internal const int FewHeld = 64;

    private readonly HashSet<(int Trial, int Token)> _held = [];
    private int _manyHeld = FewHeld;

    /// <summary>How many trials this object remembers to be held by their askers.</summary>
    internal int HeldCount
    {
        get
        {
            lock (_held)
                return _held.Count;
        }
    }

    private async ValueTask JoinAsync(CancellationToken cancellationToken)
    {
        if (_hasJoined)
            return;
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        await _joining.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_hasJoined)
                return;
            await _liveness.BeatAsync(cancellationToken).ConfigureAwait(false);
            await _log.CommitAsync(recorder => recorder.Append(new WriterJoined(_log.Writer))).ConfigureAwait(false);
            await SweepAsync(cancellationToken).ConfigureAwait(false);
            if (_options.Clock is not SimulatedClock)
                _heartbeat = BeatUntilClosedAsync(_closing.Token);
            _hasJoined = true;
        }
        finally
        {
            _joining.Release();
        }
    }

    private async Task BeatUntilClosedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.LeaseDuration / 3, _options.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false) && !_log.HasCrashed)
        {
            try
            {
                await _liveness.BeatAsync(cancellationToken).ConfigureAwait(false);
                await SweepAsync(cancellationToken).ConfigureAwait(false);
                await _log.CommitAsync(Tick).ConfigureAwait(false);
            }
            catch (Exception) when (!_log.HasCrashed && !cancellationToken.IsCancellationRequested)
            {
                // Whatever fails costs a heartbeat, not the worker; whoever needs the store next is told.
            }
        }
    }

    private long Tick(Recorder recorder)
    {
        _turns.GiveBack(recorder);
        return recorder.History.Running.Count > 0 && recorder.Now - recorder.History.UpdatedAt >= TickInterval
            ? recorder.Append(new Ticked()) : 0;
    }

    /// <summary>Marks the running trials of dead workers lost.</summary>
    private async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        var history = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var dead = await _liveness.LookAsync(history, cancellationToken).ConfigureAwait(false);
        if (dead.Count > 0)
            await _log.CommitAsync(recorder => TrialEnd.Lose(recorder, dead)).ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync()
    {
        try
        {
            await _log.CommitAsync(recorder =>
            {
                foreach (var number in recorder.History.Running.Concat(recorder.History.Reserved).ToArray())
                {
                    var trial = recorder.History.Trials[number];
                    if (trial.Worker == Writer && !IsHeld(trial))
                        TrialEnd.GiveBack(recorder, trial, "its worker ended");
                }

                return recorder.Append(new WriterLeft());
            }).ConfigureAwait(false);
            await _liveness.LeaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            // Nothing is lost: without heartbeats others find the trials. What went wrong before is what the caller should see.
        }
    }

    /// <returns>Whether so many are remembered that those should be forgotten that have ended.</returns>
    private bool Remember(int trial, int token)
    {
        lock (_held)
        {
            _held.Add((trial, token));
            return _held.Count >= _manyHeld;
        }
    }

    private int ForgetHeld(Recorder recorder)
    {
        lock (_held)
        {
            _held.RemoveWhere(held =>
                recorder.History.Trials[held.Trial] is var trial && (trial.State != TrialState.Running || trial.Token != held.Token));
            _manyHeld = Math.Max(FewHeld, 2 * _held.Count);
            return _held.Count;
        }
    }

    private bool IsHeld(Trial trial)
    {
        lock (_held)
            return _held.Contains((trial.Number, trial.Token));
    }
}
