using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Serialization;

namespace Attune.Cli.Commands;

/// <summary><c>attune enqueue</c>: asks for a configuration to be tried.</summary>
internal static class EnqueueCommand
{
    internal static Command Create(Terminal terminal)
    {
        var words = Inputs.Assignments("[STUDY] PARAMETER=VALUE", "enqueue rate=0.01 depth=3", least: 0);
        var store = Inputs.Store();
        var values = new Option<string?>("--values")
        {
            HelpName = "JSON",
            Description = "The values as a JSON object, in place of PARAMETER=VALUE."
        };
        var complete = new Option<bool>(
            "--complete")
        { Description = "Refuses to fill in defaults for active parameters that are not named." };
        var note = new Option<string?>("--note") { HelpName = "TEXT", Description = "A remark for people." };
        var json = Inputs.Json("One JSON object.");
        var command = new Command("enqueue", "Asks for a configuration to be tried: the next new trial takes it.") { words, store, values,
            complete, note, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (leading, texts) = Assignments.Split(parsed.GetValue(words)!);
            if (leading.Count > 1)
                throw CommandException.WrongInput($"'{leading[1]}' must be PARAMETER=VALUE");
            if (texts.Count == 0 == parsed.GetValue(values) is null)
                throw CommandException.WrongInput(
                    "name the values, as in: attune enqueue rate=0.01 depth=3, or by --values as JSON (one of the two)");
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), leading is [var named] ? named
                : null, cancellationToken);
            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            var space = (await opened.SnapshotAsync(cancellationToken)).Problem.Space;
            var given = parsed.GetValue(values) is { } text ? ParameterTexts.ReadJson(space, text) : ParameterTexts.Read(space, texts);
            var configuration = await opened.EnqueueAsync(given, parsed.GetValue(note), !parsed.GetValue(complete), cancellationToken);
            foreach (var idle in given.Select(pair => pair.Key).Where(name => !configuration.IsActive(name)))
                terminal.Error.WriteLine(
                    Plain.Line($"attune: warning: '{idle}' does not apply in this configuration, so its value was left out"));
            var queued = (await opened.SnapshotAsync(cancellationToken)).Queue.Count;
            if (parsed.GetValue(json))
                JsonLines.Write(terminal.Out, new EnqueueJson(place.Name, new(ConfigurationJson.ToText(configuration)), queued));
            else
                terminal.Out.WriteLine(Plain.Line($"enqueued: {configuration} ({Figures.Count(queued)} waiting)"));
            return ExitCode.Done;
        });
        return command;
    }
}
