namespace Attune.Programs;

/// <summary>The signals by which a program can be asked to end; the values are those of POSIX.</summary>
public enum PoliteSignal
{
    /// <summary>No signal: the program reads its control file, and has the grace period to end.</summary>
    None = 0,

    /// <summary>SIGHUP.</summary>
    HangUp = 1,

    /// <summary>SIGINT, which Python turns into KeyboardInterrupt.</summary>
    Interrupt = 2,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,
}
