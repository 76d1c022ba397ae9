using System.CommandLine;
using System.CommandLine.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Internal;

namespace Attune.Cli.Errors;

/// <summary>Tells a person what is wrong with the words of a command line.</summary>
internal static class UsageReport
{
    /// <summary>Writes every mistake.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="parsed">What the parser made of the words.</param>
    /// <param name="words">The words.</param>
    /// <returns>Whether there is any.</returns>
    internal static bool Write(Terminal terminal, ParseResult parsed, IReadOnlyList<string> words)
    {
        var mistakes = Mistakes(parsed, words);
        foreach (var message in mistakes)
            terminal.Error.WriteLine(Plain.Line($"attune: {message}"));
        if (mistakes.Count > 0)
            terminal.Error.WriteLine($"attune: '{PathOf(parsed.CommandResult)} --help' shows what is allowed");
        return mistakes.Count > 0;
    }

    private static IReadOnlyList<string> Mistakes(ParseResult parsed, IReadOnlyList<string> words)
    {
        var command = parsed.CommandResult.Command;
        if (UnknownOptions(parsed, words) is { Count: > 0 } options)
            return [.. options.Select(option => $"there is no option '{option}' here.{NearNames.Question(option, OptionNames(command))}")];
        if (parsed.Errors.Count == 0)
            return [];
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            var what = command.Subcommands.Count > 0 ? "command" : "argument";
            return [$"there is no {what} '{unmatched}' here.{NearNames.Question(unmatched, command.Subcommands.Select(sub => sub.Name))}"];
        }

        return [.. parsed.Errors.Select(Describe).Distinct()];
    }

    /// <summary>The parser's own words only where nothing better is known.</summary>
    private static string Describe(ParseError error)
    {
        var (need, what, count) = error.SymbolResult switch
        {
            OptionResult result => (NeedOf(result.Option), result.Option.Name, result.Tokens.Count),
            ArgumentResult { Parent: OptionResult result } => (NeedOf(result.Option), result.Option.Name, result.Tokens.Count),
            ArgumentResult { Parent: CommandResult result } argument => (NeedOf(result.Command), "", argument.Tokens.Count),
            CommandResult { Command.Arguments.Count: > 0 } result => (NeedOf(result.Command), "", result.Tokens.Count),
            _ => ("", "", 1),
        };
        if (count == 0)
            return need;
        return count > 1 && what.Length > 0 && error.Message.Contains("single argument", StringComparison.Ordinal)
            ? $"{what} is given {count} times; once is allowed" : error.Message.TrimEnd('.');
    }

    private static string NeedOf(Option option) => $"{option.Name} needs a value: {option.HelpName ?? "TEXT"}";

    private static string NeedOf(Command command) =>
        $"{command.Name} needs {string.Join(' ', command.Arguments.Select(argument => argument.Name))}";

    /// <summary>Words that look like options but were taken for arguments, which is what the parser does with options that it does not
    /// know.</summary>
    private static IReadOnlyList<string> UnknownOptions(ParseResult parsed, IReadOnlyList<string> words)
    {
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).ToHashSet(StringComparer.Ordinal);
        return [.. words.TakeWhile(word => word != "--").Where(word => word.Length > 1 && word[0] == '-' && taken.Contains(word))
            .Distinct()];
    }

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal)).Append("--help");

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;
}
