using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Histories;
using Attune.Serialization;

namespace Attune.Cli.Commands;

/// <summary><c>attune tell</c>: takes the result of a trial.</summary>
internal static class TellCommand
{
    internal static Command Create(Terminal terminal)
    {
        var words = Inputs.Assignments("[STUDY] TRIAL METRIC=VALUE", "tell 3 loss=0.25", least: 1);
        var store = Inputs.Store();
        var value = new Option<string?>("--value")
        {
            HelpName = "NUMBER",
            Description = "The value of the only objective, in place of METRIC=VALUE."
        };
        var failed = new Option<string?>("--failed")
        {
            HelpName = "REASON",
            Description = "The trial failed; it is kept with this reason."
        };
        var token = Inputs.Whole("--token", 1,
            "The token that 'ask' printed: a trial that was given to somebody else meanwhile is left alone.");
        var json = Inputs.Json("The trial as one JSON object.");
        var command = new Command("tell", "Tells the result of a trial that was asked for.") { words, store, value, failed, token, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var told = TrialWords.Read("tell", parsed.GetValue(words)!);
            var number = parsed.GetValue(value) is { } text ? Assignments.Number("--value", text) : (double?)null;
            var metrics = Assignments.Numbers(told.Values);
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), told.Study, cancellationToken);
            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            var history = await opened.SnapshotAsync(cancellationToken);
            TrialCheck.Exists(place.Name, history, told.Trial);
            var trial = parsed.GetValue(failed) is { } reason
                ? await opened.FailAsync(told.Trial, FailureKind.Error, Reason(reason, metrics, number), parsed.GetValue(token),
                    cancellationToken)
                : await TellAsync(opened, history, told.Trial, Complete(history, metrics, number), parsed.GetValue(token),
                    cancellationToken);
            if (parsed.GetValue(json))
                JsonLines.Write(terminal.Out, TrialJson.Of(trial, history));
            else
                terminal.Out.WriteLine(Plain.Line(Describe(trial, history.Problem)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Reason(string reason, IReadOnlyList<KeyValuePair<string, double>> metrics, double? number)
    {
        if (metrics.Count > 0 || number is not null)
            throw CommandException.WrongInput("a failed trial has no value: give --failed or metrics, not both");
        return reason.Trim() is { Length: > 0 } said ? said
            : throw CommandException.WrongInput("--failed needs a reason, such as \"out of memory\"");
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Complete(
        History history, IReadOnlyList<KeyValuePair<string, double>> metrics, double? number)
    {
        if (number is not { } value)
            return metrics;
        if (!history.Problem.IsSingleObjective)
            throw CommandException.WrongInput(
                $"the study has {history.Problem.Objectives.Length} objectives; tell each by name, as in "
                + $"{history.Problem.Objectives[0].Metric}=0.25");
        var metric = history.Problem.Objectives[0].Metric;
        if (metrics.Any(pair => pair.Key == metric))
            throw CommandException.WrongInput($"'{metric}' is given twice: by --value and by name");
        return [new(metric, value), .. metrics];
    }

    private static ValueTask<Trial> TellAsync(
        Study study, History history, int number, IReadOnlyList<KeyValuePair<string, double>> metrics, int? token,
        CancellationToken cancellationToken)
    {
        if (TrialCheck.NonFinite(metrics) is { } reason)
            return study.FailAsync(number, FailureKind.NonFinite, reason, token, cancellationToken);
        TrialCheck.HasAllObjectives(history, number, metrics);
        return study.TellAsync(number, metrics.Count == 0 ? null : new(metrics), token, cancellationToken);
    }

    private static string Describe(Trial trial, Problem problem)
    {
        var values = trial.Values(problem);
        var told = values.IsEmpty ? ""
            : $": {string.Join(", ", problem.Objectives.Select((objective, i) => $"{objective.Metric} {Figures.Short(values[i])}"))}";
        var why = trial.Failure is { } failure ? $": {failure.Reason}" : "";
        return $"trial {Figures.Count(trial.Number)} "
            + $"{JsonNames.Of(trial.State)}{(trial.State == TrialState.Completed ? told : why)}{(trial.WillRetry ? " (runs again)" : "")}";
    }
}
