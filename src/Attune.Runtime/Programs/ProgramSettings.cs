namespace Attune.Programs;

/// <summary>How to run a program.</summary>
internal sealed record ProgramSettings
{
    /// <summary>The program and its arguments, as they shall arrive.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working folder; default: that of this process.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Variables of the environment to set, or to remove where the value is null; the others are inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long the program may run; default: without end.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The polite signal that asks the program to end.</summary>
    public PoliteSignal Signal { get; init; } = PoliteSignal.Terminate;

    /// <summary>How long the program may take to end after the polite signal; default: 10 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long processes that the program leaves behind may take to finish what they were still writing, such as a <c>tee</c>; then they
    /// are killed. Ignored when nothing holds the output open. Default: 2 s.
    /// </summary>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The file that receives the standard output; default: none.</summary>
    public string? OutputLog { get; init; }

    /// <summary>The file that receives the standard error; default: none.</summary>
    public string? ErrorLog { get; init; }

    /// <summary>
    /// Receives the lines of the standard output in order, one at a time. While it is busy, the program waits as soon as the pipe is
    /// full. An
    /// exception ends the program and comes out of <see cref="RunningProgram.RunAsync"/>.
    /// </summary>
    public Func<OutputLine, ValueTask>? OnOutput { get; init; }

    /// <summary>The same for the standard error; may run at the same time as <see cref="OnOutput"/>.</summary>
    public Func<OutputLine, ValueTask>? OnError { get; init; }

    /// <summary>Receives problems that do not concern the program itself, such as a log on a full disk, as soon as they occur.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>How many of the last lines of the standard error are kept for the error message; default: 20.</summary>
    public int LastErrorLineCount { get; init; } = 20;

    /// <summary>The longest line that is passed on, in bytes; the rest of a longer one is in the log only. Default: 65,536.</summary>
    public int MaximumLineBytes { get; init; } = 65_536;
}
