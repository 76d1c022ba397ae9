namespace Attune.Cli.Errors;

/// <summary>A command cannot go on; a person is told why, and a script by the exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="lines">What is wrong and what to do, one line each.</param>
internal sealed class CommandException(int exitCode, params IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    /// <summary>What the process returns.</summary>
    internal int ExitCode { get; } = exitCode;

    /// <summary>What is wrong and what to do, one line each.</summary>
    internal IReadOnlyList<string> Lines { get; } = lines;

    internal static CommandException WrongInput(params IReadOnlyList<string> lines) => new(Cli.ExitCode.WrongInput, lines);

    internal static CommandException NotFound(params IReadOnlyList<string> lines) => new(Cli.ExitCode.NotFound, lines);
}
