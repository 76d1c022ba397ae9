using System.CommandLine;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Serialization;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary><c>attune trials</c>: the trials of a study.</summary>
internal static class TrialsCommand
{
    internal static readonly string[] States =
        [.. Enum.GetValues<TrialState>().Where(state => state != TrialState.Reserved).Select(JsonNames.Of)];

    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var state = Inputs.Words("--state", States, "Only trials in these states.");
        var sort = Inputs.Word("--sort", ["number", "value", "time"],
            "By number, by the value of the first objective (best first), or by the last change.");
        var reverse = new Option<bool>("--reverse", "-r") { Description = "Turns the order round." };
        var limit = Inputs.Whole("--limit", 0, "How many at most.");
        var offset = Inputs.Whole("--offset", 0, "How many to pass over.");
        var json = Inputs.Json("One JSON object a line for each trial.");
        var command = new Command("trials", "Lists the trials of a study.") { study, store, state, sort, reverse, limit, offset, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            var rows = await place.Store.ReadTrialsAsync(
                place.Name,
                new()
                {
                    States = [.. parsed.GetValue(state)!.Select(JsonNames.Parse<TrialState>)],
                    Order = parsed.GetValue(sort) switch
                    {
                        "value" => TrialOrder.Loss,
                        "time" => TrialOrder.Change,
                        _ =>
                        TrialOrder.Number
                    },
                    IsDescending = parsed.GetValue(reverse),
                    Limit = parsed.GetValue(limit),
                    Offset = parsed.GetValue(offset) ?? 0,
                },
                cancellationToken);
            if (parsed.GetValue(json))
            {
                var finals = await place.Store.ReadFinalsAsync(place.Name, cancellationToken);
                foreach (var row in rows)
                    JsonLines.Write(terminal.Out, TrialJson.Of(row, finals.GetValueOrDefault(row.Number)));
                return ExitCode.Done;
            }

            var summary = await place.Store.SummarizeAsync(place.Name, cancellationToken);
            Write(terminal, summary.Definition.Problem, rows);
            return ExitCode.Done;
        });
        return command;
    }

    internal static void Write(Terminal terminal, Problem problem, IReadOnlyList<TrialRow> rows)
    {
        TextTable.Column[] columns =
            [new("trial", IsNumber: true), new("state"),
                .. problem.Objectives.Select(objective => new TextTable.Column(objective.Metric, IsNumber: true)),
             new("took", IsNumber: true), new("configuration")];
        var table = new TextTable(columns);
        foreach (var row in rows)
        {
            var values = NumbersJson.Members(row.Values);
            var cells = problem.Objectives.Select((_, i) => i < values.Count ? Figures.Short(values[i].Value) : "");
            table.Add([Figures.Count(row.Number), Mark(row), .. cells, Figures.Duration(row.Duration), Last(row)]);
        }

        table.Write(terminal.Out, terminal.Width());
    }

    private static string Mark(TrialRow row) => row switch
    {
        { State: TrialState.Completed, IsFeasible: false } => "completed (infeasible)",
        { WillRetry: true } => $"{JsonNames.Of(row.State)} (runs again)",
        _ => JsonNames.Of(row.State),
    };

    private static string Last(TrialRow row)
    {
        var configuration = ConfigurationTexts.Line(row.Configuration);
        return row is { Failure: { } failure, State: TrialState.Failed or TrialState.Lost }
            ? $"{configuration}  [{Plain.Line(failure.Reason, 100)}]" : configuration;
    }
}
