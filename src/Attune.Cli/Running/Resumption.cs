using Attune.Cli.Errors;
using Attune.Cli.Text;
using Attune.StudyFiles;

namespace Attune.Cli.Running;

/// <summary>Brings a study that exists up to date with its file and the command line, or says what may not change.</summary>
internal static class Resumption
{
    /// <summary>Carries over what may change, as every face of Attune does; then the limits that the command line names.</summary>
    /// <returns>What was changed, for a person.</returns>
    /// <exception cref="CommandException">Something differs that a study keeps for life.</exception>
    internal static async Task<IReadOnlyList<string>> ApplyAsync(Study study, StudyFile file, RunInput input,
        CancellationToken cancellationToken)
    {
        var before = await study.SnapshotAsync(cancellationToken);
        var definition = file.ToDefinition();
        if (StudyResumption.Differences(before, definition) is { Count: > 0 } differences)
            throw CommandException.WrongInput($"{Refusal(study.Name, differences)}; trials of both would not compare", WayOut(study.Name));

        var changes = new List<string>();
        try
        {
            changes.AddRange(await StudyResumption.ApplyAsync(study, definition, cancellationToken));
        }
        catch (SpaceException exception)
        {
            throw CommandException.WrongInput($"the space of the study '{study.Name}' may only grow while it runs. {exception.Message}",
                WayOut(study.Name));
        }

        if (input.Trials is not null || input.Time is not null)
        {
            await study.ChangeLimitsAsync(
                budget => budget with { Trials = input.Trials ?? budget.Trials, WallClock = input.Time ?? budget.WallClock },
                cancellationToken);
            return changes;
        }

        var after = await study.SnapshotAsync(cancellationToken);
        if (after.Budget != before.Budget)
            changes.Add($"the budget is now {StudyText.Describe(after.Budget)}; before it was {StudyText.Describe(before.Budget)}");
        else if (after.Budget != file.Budget)
            changes.Add($"the budget is {StudyText.Describe(after.Budget)}, as it was changed last; the file names "
                + $"{StudyText.Describe(file.Budget)}, and --trials and --time change it");
        return changes;
    }

    /// <summary>What a study keeps for life and its file has changed.</summary>
    internal static string Refusal(string study, IReadOnlyList<SettingDifference> differences) =>
        $"the study '{study}' keeps for life what it began with, but {string.Join("; ", differences)}";

    /// <summary>What to do when a study and its file do not belong together.</summary>
    internal static string WayOut(string study) =>
        $"undo the change, give the file another name:, or delete the study by: attune delete {study}";
}
