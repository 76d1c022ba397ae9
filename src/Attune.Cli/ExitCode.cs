namespace Attune.Cli;

/// <summary>What the process returns. The numbers are stable; <c>docs/command-line.md</c> documents them.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>It was tried and failed: the set-up command, every trial, a check, a report that came too late.</summary>
    internal const int Failed = 1;

    /// <summary>The command line, the study file or a value is wrong.</summary>
    internal const int WrongInput = 2;

    /// <summary>There is no such file, store, study or trial.</summary>
    internal const int NotFound = 3;

    /// <summary>The store cannot be opened, read or written, or is damaged.</summary>
    internal const int StoreTrouble = 4;

    /// <summary>Nothing to give: nothing to run now, or no trial that completed.</summary>
    internal const int Nothing = 5;

    /// <summary>A defect of Attune.</summary>
    internal const int Defect = 70;

    /// <summary>Interrupted by Ctrl-C.</summary>
    internal const int Interrupted = 130;

    /// <summary>Asked to end by SIGTERM.</summary>
    internal const int Terminated = 143;
}
