using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary><c>attune show</c>: a study, or one of its trials.</summary>
internal static class ShowCommand
{
    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var trial = Inputs.Whole("--trial", 0, "Shows this trial in full.");
        var json = Inputs.Json("One JSON object.");
        var command = new Command("show", "Shows a study: what it searches, how far it has come, the best trial.") { study, store, trial,
            json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            if (parsed.GetValue(trial) is { } number)
            {
                var row = await TrialAsync(place, number, cancellationToken);
                var final = await place.Store.ReadFinalAsync(place.Name, number, cancellationToken);
                if (parsed.GetValue(json))
                    JsonLines.Write(terminal.Out, TrialJson.Of(row, final));
                else
                    TrialText.Write(terminal.Out, row, final);
                return ExitCode.Done;
            }

            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            var history = await opened.SnapshotAsync(cancellationToken);
            var ended = await opened.StopReasonAsync(cancellationToken);
            if (parsed.GetValue(json))
                JsonLines.Write(terminal.Out, StudyJson.Of(place.Name, place.Store.Location, history, ended));
            else
                StudyText.Write(terminal, place, history, ended, history.Best is { } best
                    ? await TrialAsync(place, best.Number, cancellationToken) : null);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<TrialRow> TrialAsync(StudyPlace place, int number, CancellationToken cancellationToken)
    {
        if (await place.Store.ReadTrialAsync(place.Name, number, cancellationToken) is { } row)
            return row;
        var counts = TrialCountsJson.Of((await place.Store.SummarizeAsync(place.Name, cancellationToken)).CountOf);
        throw CommandException.NotFound(
            $"there is no trial {number} in the study '{place.Name}'; it has {Figures.Count(counts.Total, "trial")}");
    }
}
