using System.CommandLine;
using Attune.Cli.Terminals;
using Attune.StudyFiles;

namespace Attune.Cli.Commands;

/// <summary><c>attune schema</c>: the JSON schema of the study file.</summary>
internal static class SchemaCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new Command("schema", "Prints the JSON schema of the study file, by which editors complete and check it.");
        command.SetAction(_ =>
        {
            terminal.Out.WriteLine(StudyFileSchema.ToJson());
            return ExitCode.Done;
        });
        return command;
    }
}
