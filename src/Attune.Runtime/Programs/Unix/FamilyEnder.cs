namespace Attune.Programs.Unix;

/// <summary>Ends a program with all that it started, be it a child of this process or not.</summary>
internal sealed class FamilyEnder(int processId, long startTime)
{
    // Processes live in real time, whatever the injected clock says: they are looked at by the system's clock.
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private readonly ProgramFamily _family = new(processId, startTime);

    /// <summary>Sends the polite signal, waits until all have ended, and kills those that have not.</summary>
    /// <param name="signal">The polite signal; null to kill at once.</param>
    /// <param name="grace">How long to wait after it.</param>
    /// <param name="time">The clock that counts <paramref name="grace"/>.</param>
    /// <param name="hurry">Ends the waiting early.</param>
    public async Task<FamilyEnd> EndAsync(PoliteSignal? signal, TimeSpan grace, TimeProvider time, CancellationToken hurry)
    {
        var living = _family.FindLiving();
        if (living.Count > 0 && signal is { } polite && !hurry.IsCancellationRequested)
        {
            using var graceEnd = new CancellationTokenSource(grace, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(graceEnd.Token, hurry);

            // Once only, and not to those who come later: they may be what a handler starts to save the work.
            if (polite != PoliteSignal.None)
                Send(living, (int)polite);

            // A stopped process does not see a signal until it goes on.
            Send(living, LibC.SignalContinue);
            living = await WaitAsync(living, null, either.Token).ConfigureAwait(false);
        }

        if (living.Count == 0)
            return new FamilyEnd(false, []);

        using var patience = new CancellationTokenSource(KillPatience);
        living = await WaitAsync(living, LibC.SignalKill, patience.Token).ConfigureAwait(false);
        return new FamilyEnd(true, [.. living.Select(entry => entry.Id)]);
    }

    /// <summary>
    /// Looks again and again until nobody lives. A signal goes out at each look, so that those who just forked get it too.
    /// </summary>
    private async Task<List<ProcessEntry>> WaitAsync(List<ProcessEntry> living, int? signal, CancellationToken end)
    {
        for (var look = ShortestLook; living.Count > 0; look = look * 2 < LongestLook ? look * 2 : LongestLook)
        {
            if (signal is { } number)
                Send(living, number);
            try
            {
                await Task.Delay(look, end).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return _family.FindLiving();
            }

            living = _family.FindLiving();
        }

        return living;
    }

    private void Send(List<ProcessEntry> living, int signal)
    {
        // The group first and at once: whoever is signalled one by one may start another process meanwhile.
        if (living.Any(entry => entry.GroupId == processId))
            _ = LibC.Kill(-processId, signal);
        foreach (var entry in living)
        {
            if (entry.GroupId != processId)
                _ = LibC.Kill(entry.Id, signal);
        }
    }
}
