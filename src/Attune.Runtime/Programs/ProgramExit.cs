using System.Globalization;

namespace Attune.Programs;

/// <summary>How a program ended.</summary>
internal sealed record ProgramExit
{
    private const int LongestExcerpt = 2_000;

    /// <summary>Why it ended.</summary>
    public required ProgramEnd End { get; init; }

    /// <summary>Its exit code; null when a signal ended it, or when the system did not tell.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended it; null when it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>Whether it had to be killed because the polite signal did not end it in time.</summary>
    public bool WasKilled { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long it was allowed to run; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The last lines of its standard error.</summary>
    public IReadOnlyList<string> LastErrorLines { get; init; } = [];

    /// <summary>
    /// Problems that do not concern the program itself: logs that could not be written, processes that could not be ended.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool IsSuccess => End == ProgramEnd.Finished && ExitCode == 0;

    /// <summary>Says how it ended, with the last lines of its output when it did not end well.</summary>
    /// <param name="lastOutputLines">The last lines of its standard output, which serve where its standard error is empty.</param>
    public string Describe(IReadOnlyList<string>? lastOutputLines = null)
    {
        var how = End switch
        {
            ProgramEnd.TimeLimit => $"the time limit{(TimeLimit is { } limit ? $" of {Seconds(limit)}" : "")} was reached"
                + (WasKilled ? "; the program had to be killed" : ""),
            ProgramEnd.Stopped => $"stopped after {Seconds(Elapsed)}" + (WasKilled ? "; the program had to be killed" : ""),
            _ when Signal is { } signal => DescribeSignal(signal),
            _ when ExitCode is { } code => DescribeCode(code),
            _ => "the exit code is unknown, because the system was told to discard it (SIGCHLD is ignored)",
        };
        if (IsSuccess)
            return how;
        if (LastErrorLines.Count > 0)
            return $"{how}; last lines of its error output:\n{Excerpt(LastErrorLines)}";
        return lastOutputLines is { Count: > 0 }
            ? $"{how}; its error output is empty; last lines of its output:\n{Excerpt(lastOutputLines)}"
            : how;
    }

    private static string Excerpt(IReadOnlyList<string> lines)
    {
        var text = string.Join('\n', lines);
        return text.Length <= LongestExcerpt ? text : string.Concat("…", text.AsSpan(text.Length - LongestExcerpt));
    }

    private static string DescribeCode(int code) => code switch
    {
        126 => "exit code 126 (often: a command that could not be run)",
        127 => "exit code 127 (often: a command that was not found)",
        137 => "exit code 137 (often: killed by SIGKILL, as when memory runs out)",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
    };

    private static string DescribeSignal(int signal) => signal switch
    {
        1 => "ended by signal 1 (SIGHUP)",
        2 => "ended by signal 2 (SIGINT)",
        4 => "ended by signal 4 (SIGILL: an instruction that this processor does not have)",
        6 => "ended by signal 6 (SIGABRT: the program gave up)",
        8 => "ended by signal 8 (SIGFPE: an arithmetic error)",
        9 => "ended by signal 9 (SIGKILL: often the system ends programs this way when memory runs out)",
        11 => "ended by signal 11 (SIGSEGV: an invalid memory access)",
        15 => "ended by signal 15 (SIGTERM)",
        _ => string.Create(CultureInfo.InvariantCulture, $"ended by signal {signal}"),
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
