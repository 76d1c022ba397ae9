using System.Collections.Immutable;
using Attune.Programs;

namespace Attune.Execution;

/// <summary>Which program a trial runs, and how. See the page on the program protocol for what passes between the two.</summary>
public sealed record ProgramOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    /// <summary>The command of a trial.</summary>
    public required CommandTemplate Command { get; init; }

    /// <summary>Where each trial gets its own folder, in a folder of its study; made when it is not there.</summary>
    public required string TrialsFolder { get; init; }

    /// <summary>
    /// Variables of the environment to set, or to remove where the value is null; the others are inherited. Values may hold placeholders,
    /// as one argument of a command does; a variable that names a missing value (an inactive parameter) is not set. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Where the program runs; null, the default, for the working folder of this process.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>How long one run of a trial may take, at most 49 days; null, the default, for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long a program may take to end after the polite signal, from 0 to 49 days; 10 s by default.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The signal that asks a program to save its state and end; SIGTERM by default.</summary>
    public PoliteSignal PoliteSignal { get; init; } = PoliteSignal.Terminate;

    /// <summary>
    /// Regular expressions with one group, around the number, by metric; for programs that cannot be changed. One for the name of the
    /// fidelity tells the resource. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> MetricPatterns { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The clock that counts limits and elapsed time; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Told of lines that were meant as reports but cannot be used, and of logs that cannot be written, as soon as they occur, from any
    /// thread; the same stands in the trial's folder. It must be quick, and must not throw. Default: nobody.
    /// </summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Ends the grace periods of all programs: those that are to end are killed. Never by default.</summary>
    public CancellationToken Hurry { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Command);
        ArgumentException.ThrowIfNullOrWhiteSpace(TrialsFolder);
        if (TimeLimit is { } limit && (limit <= TimeSpan.Zero || limit > LongestTime))
            throw new ArgumentOutOfRangeException(nameof(TimeLimit), limit, "The time limit must be positive and at most 49 days.");
        if (Grace < TimeSpan.Zero || Grace > LongestTime)
            throw new ArgumentOutOfRangeException(nameof(Grace), Grace, "The grace period must be from 0 to 49 days.");
        if (!Enum.IsDefined(PoliteSignal))
            throw new ArgumentOutOfRangeException(nameof(PoliteSignal), PoliteSignal, "The polite signal must be one of those listed.");
        foreach (var name in Environment.Keys)
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAny('=', '\0') >= 0)
                throw new ArgumentException($"Environment: '{name}' cannot be the name of a variable: it must not be empty nor hold '='.");
        }

        _ = new RegexMetrics(MetricPatterns);
    }
}
