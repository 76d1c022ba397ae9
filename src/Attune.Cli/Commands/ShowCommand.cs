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
        var word = new Argument<string?>("TRIAL")
        {
            Arity = ArgumentArity.ZeroOrOne, Description = "The number of a trial, to show it in full and why it was proposed.",
        };
        var store = Inputs.Store();
        var trial = Inputs.Whole("--trial", 0, "Shows this trial in full; the same as TRIAL.");
        var json = Inputs.Json("One JSON object.");
        var command = new Command("show", "Shows a study: what it searches, how far it has come, the best trial; or one of its trials.")
        {
            study, word, store, trial, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = parsed.GetValue(trial) ?? (parsed.GetValue(word) is { } named ? TrialWords.Number(named) : null);
            var (place, number) = await FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), asked, cancellationToken);
            await using var closing = place;
            if (number is { } shown)
            {
                await ShowTrialAsync(terminal, place, shown, parsed.GetValue(json), cancellationToken);
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

    /// <summary>The study and the trial. A single word that is a number names a trial, unless a study has that name.</summary>
    private static async Task<(StudyPlace Place, int? Trial)> FindAsync(
        Terminal terminal, string? store, string? study, int? trial, CancellationToken cancellationToken)
    {
        try
        {
            return (await StudyPlace.FindAsync(terminal, store, study, cancellationToken), trial);
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.NotFound && trial is null && study is not null
            && TrialWords.TryNumber(study, out _))
        {
            return (await StudyPlace.FindAsync(terminal, store, null, cancellationToken), TrialWords.Number(study));
        }
    }

    private static async Task ShowTrialAsync(
        Terminal terminal, StudyPlace place, int number, bool isJson, CancellationToken cancellationToken)
    {
        var row = await TrialAsync(place, number, cancellationToken);
        var final = await place.Store.ReadFinalAsync(place.Name, number, cancellationToken);
        var explanation = Explanation.Read(row.Annotation);
        var nearest = explanation?.Nearest is { } other ? await place.Store.ReadTrialAsync(place.Name, other, cancellationToken) : null;
        if (isJson)
        {
            JsonLines.Write(terminal.Out, TrialJson.Of(row, final) with
            {
                Explanation = ExplanationJson.Of(explanation, row.Value, nearest?.Value),
            });
            return;
        }

        TrialText.Write(terminal.Out, row, final);
        var problem = (await place.Store.SummarizeAsync(place.Name, cancellationToken)).Definition.Problem;
        ExplanationText.Write(terminal.Out, explanation, problem.Objectives[0].Direction, row.Value, nearest?.Value);
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
