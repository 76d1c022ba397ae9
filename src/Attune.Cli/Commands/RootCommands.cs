using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Attune.Cli.Terminals;

namespace Attune.Cli.Commands;

/// <summary>The tree of commands.</summary>
internal static class RootCommands
{
    internal static Command Create(Terminal terminal)
    {
        var root = new Command("attune",
            "Attune finds good hyperparameters for any program. A study is kept in a file that survives anything.")
        {
            RunCommand.Create(terminal),
            InitCommand.Create(terminal),
            ListCommand.Create(terminal),
            ShowCommand.Create(terminal),
            TrialsCommand.Create(terminal),
            BestCommand.Create(terminal),
            AskCommand.Create(terminal),
            TellCommand.Create(terminal),
            ReportCommand.Create(terminal),
            EnqueueCommand.Create(terminal),
            StopCommand.Create(terminal),
            DeleteCommand.Create(terminal),
            ExportCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
        root.Add(new HelpOption());
        root.Add(new VersionOption { Action = new WriteVersion(terminal) });
        root.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCode.WrongInput;
        });
        return root;
    }

    private sealed class WriteVersion(Terminal terminal) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.WriteLine(CommandLine.Version);
            return ExitCode.Done;
        }
    }
}
