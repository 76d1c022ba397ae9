namespace Attune;

/// <summary>The names of the points.</summary>
public static class CrashPoint
{
    /// <summary>Asked; nothing is written yet.</summary>
    public const string AskBegun = "ask.begun";

    /// <summary>A number is reserved; its configuration is not proposed.</summary>
    public const string Reserved = "ask.reserved";

    /// <summary>The sampler has answered; the proposal is not written.</summary>
    public const string Computed = "ask.computed";

    /// <summary>The trial is proposed and started; nobody runs it.</summary>
    public const string Started = "ask.started";

    /// <summary>A measurement came; it is not written.</summary>
    public const string ReportBegun = "report.begun";

    /// <summary>A measurement is written; the program does not know what becomes of it.</summary>
    public const string Reported = "report.done";

    /// <summary>A checkpoint is written.</summary>
    public const string CheckpointSaved = "checkpoint.done";

    /// <summary>A program waits at its gate; nothing is written.</summary>
    public const string LaunchBegun = "launch.begun";

    /// <summary>A program is written down; its gate is closed.</summary>
    public const string Launched = "launch.done";

    /// <summary>A trial has run; its end is not written.</summary>
    public const string EndBegun = "end.begun";

    /// <summary>The end of a trial is written; its worker does not know.</summary>
    public const string Ended = "end.done";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AskBegun, Reserved, Computed, Started, ReportBegun, Reported, CheckpointSaved, LaunchBegun, Launched, EndBegun, Ended,
    ];
}
