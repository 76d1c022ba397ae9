using System.Runtime.InteropServices;

namespace Attune.Cli.Terminals;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks politely, the second asks for an end at once, the third is left to the system.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _polite = new();
    private readonly CancellationTokenSource _atOnce = new();
    private readonly List<IDisposable> _registrations = [];
    private int _count;

    /// <summary>Cancelled when the work is to end in an orderly way.</summary>
    internal CancellationToken Polite => _polite.Token;

    /// <summary>Cancelled when whatever still runs is to be killed.</summary>
    internal CancellationToken AtOnce => _atOnce.Token;

    /// <summary>The exit code that tells of the first signal.</summary>
    internal int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    /// <summary>Told of every signal, with its count from 1.</summary>
    internal event Action<int>? Signalled;

    /// <summary>Catches the signals of this process until it is disposed.</summary>
    internal static Interruption OfProcess()
    {
        var interruption = new Interruption();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            interruption._registrations.Add(
                PosixSignalRegistration.Create(signal, context => context.Cancel = interruption.Signal(context.Signal)));
        return interruption;
    }

    /// <summary>Takes a signal.</summary>
    /// <returns>Whether it was dealt with; otherwise the process is to end.</returns>
    internal bool Signal(PosixSignal signal)
    {
        var count = Interlocked.Increment(ref _count);
        if (count == 1 && signal != PosixSignal.SIGINT)
            ExitCode = Cli.ExitCode.Terminated;
        Signalled?.Invoke(count);
        switch (count)
        {
            case 1:
                _polite.Cancel();
                return true;
            case 2:
                _atOnce.Cancel();
                return true;
            default:
                return false;
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
