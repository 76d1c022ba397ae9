using System.Text.Json;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Execution;
using Attune.Journals;
using Attune.Problems;

namespace Attune.Cli.Errors;

/// <summary>Tells a person what went wrong, without a stack trace, and gives the exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Variable of the environment that asks for stack traces.</summary>
    internal const string DebugVariable = "ATTUNE_DEBUG";

    internal static int Write(Terminal terminal, Exception exception)
    {
        terminal.Out.Flush();
        var (code, lines) = Explain(exception);
        foreach (var line in lines)
            terminal.Error.WriteLine(Plain.Line($"attune: {line}"));
        var wantsDetails = terminal.Variable(DebugVariable) is { Length: > 0 } and not "0";
        if (code == ExitCode.Defect && !wantsDetails)
            terminal.Error.WriteLine($"attune: this is a defect of Attune; {DebugVariable}=1 shows the details to report it with");
        if (wantsDetails)
            terminal.Error.WriteLine(exception);
        terminal.Error.Flush();
        return code;
    }

    private static (int Code, IReadOnlyList<string> Lines) Explain(Exception exception) => exception switch
    {
        CommandException command => (command.ExitCode, command.Lines),
        JournalException { Fault: JournalFault.NotFound } => (ExitCode.NotFound, [exception.Message]),
        JournalException { Fault: JournalFault.Exists } => (ExitCode.WrongInput, [exception.Message]),
        JournalException => (ExitCode.StoreTrouble, [exception.Message]),
        StaleTokenException => (ExitCode.Failed, [exception.Message]),
        SpaceException or ProblemException or JsonException or BenchmarkException => (ExitCode.WrongInput, [exception.Message]),
        OperationCanceledException => (ExitCode.Interrupted, ["interrupted"]),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, [exception.Message]),
        _ => (ExitCode.Defect, [$"{exception.GetType().Name}: {exception.Message}"]),
    };
}
