using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Events;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary><c>attune export</c>: the trials of a study for other programs.</summary>
internal static class ExportCommand
{
    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var format = Inputs.Word("--format", ["csv", "jsonl"],
            "csv (a table) or jsonl (one JSON object a line, as 'trials --json' prints them).");
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The file to write; the standard output by default."
        };
        var command = new Command("export", "Exports all trials as CSV or JSON lines.") { study, store, format, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            var rows = await place.Store.ReadTrialsAsync(place.Name, TrialQuery.All, cancellationToken);
            var finals = await place.Store.ReadFinalsAsync(place.Name, cancellationToken);
            var problem = (await place.Store.SummarizeAsync(place.Name, cancellationToken)).Definition.Problem;
            if (parsed.GetValue(output) is not { } path)
            {
                Write(terminal.Out, parsed.GetValue(format)!, problem, rows, finals);
                return ExitCode.Done;
            }

            if (Directory.Exists(terminal.PathOf(path)))
                throw CommandException.WrongInput($"'{path}' is a folder; name a file to write");
            if (!Directory.Exists(Path.GetDirectoryName(terminal.PathOf(path))))
                throw CommandException.NotFound($"there is no folder for the file '{path}'; make it first, or name another file");
            await using (var writer = new StreamWriter(terminal.PathOf(path)))
                Write(writer, parsed.GetValue(format)!, problem, rows, finals);
            terminal.Out.WriteLine(Plain.Line($"exported {Figures.Count(rows.Count, "trial")} to {path}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer, string format, Problem problem, IReadOnlyList<TrialRow> rows,
        IReadOnlyDictionary<int, FinalEvaluated> finals)
    {
        if (format == "csv")
        {
            new CsvTable(problem, rows, finals).Write(writer);
            return;
        }

        foreach (var row in rows)
            JsonLines.Write(writer, TrialJson.Of(row, finals.GetValueOrDefault(row.Number)));
    }
}
