using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;

namespace Attune.Cli.Commands;

/// <summary><c>attune delete</c>: deletes a study for good.</summary>
internal static class DeleteCommand
{
    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("delete", "Deletes a study with all its trials for good, after asking.") { study, store, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            var counts = await place.Store.SummarizeAsync(place.Name, cancellationToken);
            var trials = counts.Counts.Values.Sum();
            if (!parsed.GetValue(yes) && !Confirm(terminal, place.Name, trials, counts.CountOf(TrialState.Running)))
            {
                terminal.Out.WriteLine("nothing was deleted");
                return ExitCode.Failed;
            }

            await place.Store.DeleteAsync(place.Name, cancellationToken);
            terminal.Out.WriteLine(Plain.Line($"deleted the study '{place.Name}' ({Figures.Count(trials, "trial")})"));
            return ExitCode.Done;
        });
        return command;
    }

    private static bool Confirm(Terminal terminal, string name, int trials, int running)
    {
        if (!terminal.IsInputInteractive)
            throw CommandException.WrongInput(
                $"delete asks before it deletes '{name}' ({Figures.Count(trials, "trial")}), but nobody can answer here; --yes deletes "
                + $"without asking");
        var warning = running == 0 ? "" : $", of which {Figures.Count(running)} {(running == 1 ? "is" : "are")} running";
        terminal.Error.Write(Plain.Line($"Delete the study '{name}' with {Figures.Count(trials, "trial")}{warning}, for good? [y/N] "));
        terminal.Error.Flush();
        return terminal.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
