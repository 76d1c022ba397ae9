namespace Attune.Programs;

/// <summary>The signals by which a program can be asked to end; the values are those of POSIX.</summary>
internal enum PoliteSignal
{
    /// <summary>SIGHUP.</summary>
    HangUp = 1,

    /// <summary>SIGINT, which Python turns into KeyboardInterrupt.</summary>
    Interrupt = 2,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,
}
