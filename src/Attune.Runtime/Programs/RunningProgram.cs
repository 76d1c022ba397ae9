namespace Attune.Programs;

/// <summary>
/// A program that is started but waits at its gate: record its <see cref="Identity"/> first, then let it run. When it is disposed before,
/// or when this process dies before, it never runs.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly ProgramProcess _process;
    private readonly ProgramSettings _settings;
    private readonly TimeProvider _time;
    private readonly List<string> _warnings = [];

    internal RunningProgram(ProgramProcess process, ProgramSettings settings, TimeProvider time)
    {
        _process = process;
        _settings = settings;
        _time = time;
        Identity = new ProgramIdentity(HostIdentity.Current, process.ProcessId, process.StartTime);
    }

    /// <summary>Which process this is, by which it can be found again after this process has died.</summary>
    public ProgramIdentity Identity { get; }

    /// <summary>Lets the program run, once, and waits for its end. It leaves nothing running.</summary>
    /// <param name="stop">Asks the program to end: the polite signal, then, after the grace period, the kill.</param>
    /// <param name="kill">Ends the program at once.</param>
    /// <returns>How it ended; cancellation is no exception here.</returns>
    /// <exception cref="Exception">What a reader of the output threw; the program is ended then.</exception>
    public async Task<ProgramExit> RunAsync(CancellationToken stop, CancellationToken kill)
    {
        using var outputLog = OpenLog(_settings.OutputLog);
        using var ownErrorLog = _settings.ErrorLog == _settings.OutputLog ? null : OpenLog(_settings.ErrorLog);
        var errorLog = _settings.ErrorLog == _settings.OutputLog ? outputLog : ownErrorLog;
        var lastLines = new LastLines(_settings.LastErrorLineCount, maximumLength: 2_000);
        var reason = new TaskCompletionSource<ProgramEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        void StopForFailure() => reason.TrySetResult(ProgramEnd.Stopped);
        var longest = _settings.MaximumLineBytes;
        var output = new OutputPump(_process.Output, outputLog, longest, null, _settings.OnOutput) { OnReaderFailed = StopForFailure };
        var error = new OutputPump(_process.Error, errorLog, longest, lastLines, _settings.OnError) { OnReaderFailed = StopForFailure };

        using var cut = new CancellationTokenSource();
        var pumps = Task.WhenAll(
            Task.Run(() => output.RunAsync(cut.Token), CancellationToken.None),
            Task.Run(() => error.RunAsync(cut.Token), CancellationToken.None));
        var start = _time.GetTimestamp();
        _process.Open();
        var (end, forced) = await WaitAsync(reason, stop, kill).ConfigureAwait(false);
        var elapsed = _time.GetElapsedTime(start);

        var left = await EndRemainsAsync(end, pumps, kill).ConfigureAwait(false);
        await cut.CancelAsync().ConfigureAwait(false);
        var isStuck = left.Remaining.Contains(_process.ProcessId);
        var (exitCode, signal) = isStuck ? (null, null) : _process.Collect();
        if (left.Remaining.Count > 0)
            Warn($"These processes of the program could not be ended, even by SIGKILL: {string.Join(", ", left.Remaining)}.");
        await pumps.ConfigureAwait(false);
        return new ProgramExit
        {
            End = end,
            ExitCode = exitCode,
            Signal = signal,
            WasKilled = forced?.WasKilled ?? false,
            Elapsed = elapsed,
            TimeLimit = _settings.TimeLimit,
            LastErrorLines = lastLines.ToList(),
            Warnings = [.. _warnings],
        };
    }

    /// <summary>Ends the program if it still runs, or still waits at its gate.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Waits until the program ends or has to be ended.</summary>
    private async Task<(ProgramEnd End, FamilyEnd? Forced)> WaitAsync(
        TaskCompletionSource<ProgramEnd> reason, CancellationToken stop, CancellationToken kill)
    {
        using var onStop = stop.Register(() => reason.TrySetResult(ProgramEnd.Stopped));
        using var onKill = kill.Register(() => reason.TrySetResult(ProgramEnd.Stopped));
        using var limit = _settings.TimeLimit is { } length ? new CancellationTokenSource(length, _time) : new();
        using var onLimit = limit.Token.Register(() => reason.TrySetResult(ProgramEnd.TimeLimit));

        var first = await Task.WhenAny(_process.Ended, reason.Task).ConfigureAwait(false);
        if (first == _process.Ended)
            return (ProgramEnd.Finished, null);
        var end = await reason.Task.ConfigureAwait(false);
        return (end, await _process.EndFamilyAsync(_settings.Signal, _settings.Grace, _time, kill).ConfigureAwait(false));
    }

    /// <summary>Ends what the program left behind.</summary>
    private async Task<FamilyEnd> EndRemainsAsync(ProgramEnd end, Task pumps, CancellationToken kill)
    {
        if (end == ProgramEnd.Finished)
        {
            using var drained = CancellationTokenSource.CreateLinkedTokenSource(kill);
            await Task.WhenAny(pumps, Task.Delay(_settings.DrainGrace, _time, drained.Token)).ConfigureAwait(false);
            await drained.CancelAsync().ConfigureAwait(false);
        }

        return await _process.EndFamilyAsync(null, TimeSpan.Zero, _time, CancellationToken.None).ConfigureAwait(false);
    }

    private ProgramLog? OpenLog(string? path) => path is null ? null : new ProgramLog(path, Warn);

    private void Warn(string message)
    {
        lock (_warnings)
            _warnings.Add(message);
        _settings.OnWarning?.Invoke(message);
    }
}
