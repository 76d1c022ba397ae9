using Attune.Cli.Running;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Journals;
using Attune.Sqlite;
using Attune.StudyFiles;

namespace Attune.Cli.Checking;

/// <summary>Reads a store completely, and mends what can be derived.</summary>
internal sealed class StoreCheck(Terminal terminal, CheckList checks)
{
    /// <summary>Checks a store that exists.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mayRebuild">Whether the rows of trials are made anew first.</param>
    /// <param name="file">The study file that names the store; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task RunAsync(string path, bool mayRebuild, StudyFile? file, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await SqliteStore.OpenAsync(path, new() { Create = false }, cancellationToken);
            if (mayRebuild)
            {
                var rows = await store.RebuildAsync(null, cancellationToken);
                checks.Ok("rebuild", $"made {Figures.Count(rows, "row")} of trials anew from their events");
            }

            var report = await store.CheckAsync(cancellationToken);
            if (report.IsSound)
                checks.Ok("store", $"{terminal.Display(path)} holds "
                    + $"{(report.Studies == 1 ? "1 study" : $"{Figures.Count(report.Studies)} studies")}, "
                    + $"{Figures.Count(report.Events, "event")}, all sound");
            else
                checks.Fail("store", [terminal.Display(path), .. report.Problems]);
            if (file is not null && (await store.ListAsync(cancellationToken)).Contains(file.Name))
                await CompareAsync(store, file, cancellationToken);
        }
        catch (JournalException exception)
        {
            checks.Fail("store", exception.Message);
        }
    }

    private async Task CompareAsync(SqliteStore store, StudyFile file, CancellationToken cancellationToken)
    {
        await using var study = await Study.OpenAsync(store, file.Name, StudyPlace.Options(terminal), cancellationToken);
        var history = await study.SnapshotAsync(cancellationToken);
        var differences = StudyResumption.Differences(history, file.ToDefinition());
        if (differences.Count > 0)
            checks.Fail("study", Resumption.Refusal(file.Name, differences), Resumption.WayOut(file.Name));
        else
            checks.Ok("study", $"{file.Name} goes on from {StudyText.Counts(Json.TrialCountsJson.Of(history.CountOf))}");
    }
}
