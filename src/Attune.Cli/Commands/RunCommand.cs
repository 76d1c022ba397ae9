using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Running;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;

namespace Attune.Cli.Commands;

/// <summary><c>attune run</c>: creates or resumes a study and runs its trials.</summary>
internal static class RunCommand
{
    internal static Command Create(Terminal terminal)
    {
        var file = Inputs.StudyFile("The study file; study.yaml by default.");
        var store = Inputs.Store();
        store.Description = "The store, in place of the one that the study file names.";
        var parallelism = Inputs.Whole(
            "--parallelism", 1, "How many trials run at a time, in place of the file's number.", most: RunOptions.MaximumParallelism);
        var trials = Inputs.Whole("--trials", 1, "How many trials the study has in all, in place of the file's budget.");
        var time = Inputs.Time("--time", "How long the study may take in all, in place of the file's budget, such as 90s, 10m or 1h30m.");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Shows the end only." };
        var json = Inputs.Json("One JSON object a line for each start, measurement and end of a trial, and for the end of the study.");
        var command = new Command("run",
            "Runs a study: creates it, or goes on where it was interrupted. Several processes may run one study.")
        {
            file, store, parallelism, trials, time, quiet, json,
        };
        command.SetAction(parsed => StudyRun.RunAsync(terminal, new(
            parsed.GetValue(file) ?? StudyFileReading.Usual(terminal) ?? throw NoFile(), parsed.GetValue(store),
            parsed.GetValue(parallelism), parsed.GetValue(trials), parsed.GetValue(time), parsed.GetValue(quiet), parsed.GetValue(json))));
        return command;
    }

    private static CommandException NoFile() => CommandException.WrongInput(
        $"name the study file, as in: attune run study.yaml (there is no {StudyFileReading.UsualName} here; 'attune init' writes one)");
}
