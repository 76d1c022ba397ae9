using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Reflection;
using Attune.Cli.Errors;
using Attune.Cli.Terminals;

namespace Attune.Cli;

/// <summary>The whole command line: words in, exit code out.</summary>
internal static class CommandLine
{
    /// <summary>Attune's version.</summary>
    internal static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    internal static async Task<int> RunAsync(IReadOnlyList<string> words, Terminal terminal)
    {
        if (words is ["--version"])
        {
            terminal.Out.WriteLine(Version);
            terminal.Out.Flush();
            return ExitCode.Done;
        }

        return await InvokeAsync(words, terminal);
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> words, Terminal terminal)
    {
        // The parser's own messages follow the language of the system; ours are English, and one message is one language.
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            var parsed = Commands.RootCommands.Create(terminal).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not HelpAction && UsageReport.Write(terminal, parsed, words))
                return ExitCode.WrongInput;

            // Without a time limit of its own: a polite end takes as long as the running programs' grace.
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
            terminal.Out.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return ErrorReport.Write(terminal, exception);
        }
    }
}
