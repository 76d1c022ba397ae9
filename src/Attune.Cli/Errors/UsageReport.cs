using System.CommandLine;
using System.CommandLine.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;

namespace Attune.Cli.Errors;

/// <summary>Tells a person what is wrong with the words of a command line.</summary>
internal static class UsageReport
{
    internal static int Write(Terminal terminal, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = PathOf(parsed.CommandResult);
        foreach (var message in parsed.Errors.Select(error => Message(parsed, command, error)).Distinct())
            terminal.Error.WriteLine(Plain.Line($"attune: {message}"));
        terminal.Error.WriteLine($"attune: '{path} --help' shows what is allowed");
        return ExitCode.WrongInput;
    }

    private static string Message(ParseResult parsed, Command command, ParseError error)
    {
        var unmatched = parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
        if (unmatched is null)
            return error.Message.TrimEnd('.');
        var isOption = unmatched.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal))
            : command.Subcommands.Select(sub => sub.Name);
        var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"there is no {what} '{unmatched}' here.{Nearest.Question(unmatched, known)}";
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "attune";
}
