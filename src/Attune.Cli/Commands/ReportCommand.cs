using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Scheduling;
using Attune.Serialization;

namespace Attune.Cli.Commands;

/// <summary><c>attune report</c>: takes metrics of a trial that goes on, and says whether it should.</summary>
internal static class ReportCommand
{
    internal static Command Create(Terminal terminal)
    {
        var words = Inputs.Assignments("[STUDY] TRIAL METRIC=VALUE", "report 3 loss=0.25 --resource 10", least: 1);
        var store = Inputs.Store();
        var resource = new Option<string?>("--resource")
        {
            HelpName = "NUMBER",
            Description = "The resource that the trial has spent so far, such as the epoch."
        };
        var token = Inputs.Whole("--token", 1, "The token that 'ask' printed.");
        var json = Inputs.Json("One JSON object.");
        var command = new Command("report", "Reports metrics of a running trial and prints what becomes of it: continue, pause or stop.")
        {
            words, store, resource, token, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var told = TrialWords.Read("report", parsed.GetValue(words)!);
            var metrics = Assignments.Numbers(told.Values);
            if (metrics.Count == 0)
                throw CommandException.WrongInput("name at least one metric, as in: attune report 3 loss=0.25 --resource 10");
            var spent = parsed.GetValue(resource) is { } text ? Assignments.Number("--resource", text) : (double?)null;
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), told.Study, cancellationToken);
            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            TrialCheck.Exists(place.Name, await opened.SnapshotAsync(cancellationToken), told.Trial);
            var decision = await ReportAsync(opened, told.Trial, metrics, spent, parsed.GetValue(token), cancellationToken);
            if (parsed.GetValue(json))
                JsonLines.Write(terminal.Out, new ReportJson(place.Name, told.Trial, JsonNames.Of(decision)));
            else
                terminal.Out.WriteLine(JsonNames.Of(decision));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<TrialDecision> ReportAsync(
        Study study, int trial, IReadOnlyList<KeyValuePair<string, double>> metrics, double? resource, int? token,
        CancellationToken cancellationToken)
    {
        if (TrialCheck.NonFinite(metrics) is { } reason)
        {
            await study.FailAsync(trial, FailureKind.NonFinite, reason, token, cancellationToken);
            return TrialDecision.Stop;
        }

        var decision = await study.ReportAsync(trial, new(new(metrics)) { Resource = resource }, token, cancellationToken);
        if (decision == TrialDecision.Pause)
            await study.PauseAsync(trial, token, cancellationToken);
        return decision;
    }
}
