namespace Attune.Programs;

/// <summary>What <see cref="RunningProgram"/> needs of the operating system.</summary>
internal abstract class ProgramProcess : IAsyncDisposable
{
    public abstract int ProcessId { get; }

    public abstract long StartTime { get; }

    public abstract OutputSource Output { get; }

    public abstract OutputSource Error { get; }

    /// <summary>Completes when the program itself has ended, whatever it leaves behind.</summary>
    public abstract Task Ended { get; }

    /// <summary>Lets the program run.</summary>
    public abstract void Open();

    /// <summary>Ends the program with all that it started.</summary>
    /// <param name="signal">The polite signal; null to kill at once.</param>
    /// <param name="grace">How long to wait after the polite signal.</param>
    /// <param name="time">The clock that counts <paramref name="grace"/>.</param>
    /// <param name="hurry">Ends the waiting early.</param>
    public abstract Task<FamilyEnd> EndFamilyAsync(PoliteSignal? signal, TimeSpan grace, TimeProvider time, CancellationToken hurry);

    /// <summary>Takes the result of the ended program, once; its number is free afterwards.</summary>
    public abstract (int? ExitCode, int? Signal) Collect();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>How a program and all that it started were ended.</summary>
/// <param name="WasKilled">Whether anything had to be killed.</param>
/// <param name="Remaining">The numbers of processes that even then did not end, as when a device does not answer.</param>
internal sealed record FamilyEnd(bool WasKilled, IReadOnlyList<int> Remaining);
