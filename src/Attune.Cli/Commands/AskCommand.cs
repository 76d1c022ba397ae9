using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Execution;
using Attune.Serialization;

namespace Attune.Cli.Commands;

/// <summary><c>attune ask</c>: gives out a trial to whoever wants to run it by hand or by another program.</summary>
internal static class AskCommand
{
    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var file = new Option<string?>("--file", "-f")
        {
            HelpName = "FILE",
            Description = "A study file; its study is created when there is none yet."
        };
        var hold = Inputs.Time("--hold",
            "How long the trial is kept for you, such as 2h; then it is lost and given to the next. By default for ever.");
        var json = Inputs.Json("One JSON object.");
        var command = new Command("ask", "Asks for a trial to run: prints its number, token, configuration and seed.") { study, store, file,
            hold, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = parsed.GetValue(file) is { } path
                ? await StudyPlace.OpenOrCreateAsync(terminal, parsed.GetValue(store), path, parsed.GetValue(study), cancellationToken)
                : await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            if (await opened.AskAsync(parsed.GetValue(hold) ?? Timeout.InfiniteTimeSpan, cancellationToken) is not { } assignment)
            {
                var reason = await opened.StopReasonAsync(cancellationToken);
                throw new CommandException(
                    ExitCode.Nothing, reason == StopReason.None ? "there is nothing to run now; ask again when a running trial has ended"
                        : $"there is nothing to run: {StudyText.Reason(reason)}");
            }

            if (parsed.GetValue(json))
                JsonLines.Write(terminal.Out, Output(place.Name, assignment));
            else
                Write(terminal.Out, assignment);
            return ExitCode.Done;
        });
        return command;
    }

    private static AskJson Output(string study, Assignment assignment) => new(
        study, assignment.Trial, assignment.Token, assignment.Attempt, new(ConfigurationJson.ToText(assignment.Configuration)),
            assignment.Seed,
        assignment.Resource, assignment.FromResource, assignment.Checkpoint);

    private static void Write(TextWriter writer, Assignment assignment)
    {
        writer.WriteLine($"trial {Figures.Count(assignment.Trial)} (token {Figures.Count(assignment.Token)}, seed "
            + $"{Figures.Count(assignment.Seed)})");
        TrialText.Pairs(writer, ConfigurationTexts.Exact(ConfigurationJson.ToText(assignment.Configuration)));
        if (assignment.Resource is { } resource)
            writer.WriteLine($"run it up to {Plain.Line(assignment.Problem.Fidelity?.Name ?? "resource")} {Figures.Exact(resource)}");
        if (assignment.Checkpoint is { } checkpoint)
            writer.WriteLine(Plain.Line($"go on from the checkpoint {checkpoint}"));
        var metrics = string.Join(' ', assignment.Problem.Objectives.Select(objective => $"{objective.Metric}=…"));
        writer.WriteLine(Plain.Line($"then: attune tell {Figures.Count(assignment.Trial)} {metrics}"));
    }
}
