using System.CommandLine;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;

namespace Attune.Cli.Commands;

/// <summary><c>attune stop</c>: asks every worker of a study to end.</summary>
internal static class StopCommand
{
    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var now = new Option<bool>("--now") { Description = "Interrupts running trials too; they run again when the study goes on." };
        var command = new Command("stop", "Asks every worker of a study to start nothing more. 'attune run' goes on.") { study, store,
            now };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            await using var opened = await place.OpenAsync(terminal, cancellationToken);
            await opened.StopAsync(parsed.GetValue(now), cancellationToken);
            var running = (await opened.SnapshotAsync(cancellationToken)).Running.Count;
            var still = running == 0 ? "nothing is running" : parsed.GetValue(now)
                ? $"{Figures.Count(running, "running trial")} will be interrupted" : $"{Figures.Count(running, "running trial")} may end";
            terminal.Out.WriteLine(Plain.Line($"the study '{place.Name}' stops: {still}"));
            return ExitCode.Done;
        });
        return command;
    }
}
