using System.CommandLine;
using Attune.Cli.Checking;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.StudyFiles;

namespace Attune.Cli.Commands;

/// <summary><c>attune doctor</c>: checks a study file, its program by one trial beside the study, and the store.</summary>
internal static class DoctorCommand
{
    internal static Command Create(Terminal terminal)
    {
        var file = Inputs.StudyFile("The study file; study.yaml by default, when it is there.");
        var store = Inputs.Store();
        var skip = new Option<bool>("--no-trial") { Description = "Runs neither the set-up command nor a trial." };
        var rebuild = new Option<bool>("--rebuild") { Description = "Makes what the store keeps beside its events anew." };
        var json = Inputs.Json("One JSON object a line for each check.");
        var command = new Command("doctor", "Checks a study file, its program by one trial that does not count, and the store.") { file,
            store, skip, rebuild, json };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = terminal.CatchSignals?.Invoke();
            var cancellationToken = interruption?.Polite ?? CancellationToken.None;
            var checks = new CheckList(terminal, parsed.GetValue(json));
            var named = parsed.GetValue(file) ?? (parsed.GetValue(store) is null ? StudyFileReading.Usual(terminal) : null);
            var study = named is null ? null : Read(terminal, named, checks);
            if (study is not null && !parsed.GetValue(skip))
                await new ProgramCheck(terminal, study, checks).RunAsync(cancellationToken);
            if (study is null && named is not null)
                return ExitCode.Failed;
            var path = parsed.GetValue(store) is null && study is not null ? study.StorePath
                : StoreLocator.Find(terminal, parsed.GetValue(store));
            if (File.Exists(path))
                await new StoreCheck(terminal, checks).RunAsync(path, parsed.GetValue(rebuild), study, cancellationToken);
            else
                checks.Ok("store", $"{terminal.Display(path)} will be made by the first run");
            return checks.HasFailed ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static StudyFile? Read(Terminal terminal, string path, CheckList checks)
    {
        var result = StudyFileReading.Read(terminal, path);
        if (result.File is null)
            checks.Fail("study file", [.. result.Mistakes.Concat(result.Warnings).Select(mistake => StudyFileReading.Line(path, mistake))]);
        else if (result.Warnings.Count > 0)
            checks.Warn("study file", [.. result.Warnings.Select(mistake => StudyFileReading.Line(path, mistake))]);
        else
            checks.Ok("study file", path);
        return result.File;
    }
}
