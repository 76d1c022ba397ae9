using System.CommandLine;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary><c>attune list</c>: the studies of a store.</summary>
internal static class ListCommand
{
    internal static Command Create(Terminal terminal)
    {
        var store = Inputs.Store();
        var json = Inputs.Json("One JSON object a line for each study.");
        var command = new Command("list", "Lists the studies of a store.") { store, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await StudyPlace.OpenStoreAsync(terminal, parsed.GetValue(store), cancellationToken);
            var items = new List<StudyItemJson>();
            foreach (var name in await opened.ListAsync(cancellationToken))
                items.Add(await ItemAsync(opened, name, cancellationToken));
            if (parsed.GetValue(json))
                items.ForEach(item => JsonLines.Write(terminal.Out, item));
            else
                Write(terminal, items);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<StudyItemJson> ItemAsync(SqliteStore store, string name, CancellationToken cancellationToken)
    {
        var summary = await store.SummarizeAsync(name, cancellationToken);
        var problem = summary.Definition.Problem;
        var best = problem.IsSingleObjective ? await store.BestAsync(name, cancellationToken) : null;
        return new(
            name, TrialCountsJson.Of(summary.CountOf), best?.Value, ObjectiveJson.Of(problem), summary.CreatedAt.UtcDateTime,
            summary.UpdatedAt.UtcDateTime, store.Location);
    }

    private static void Write(Terminal terminal, List<StudyItemJson> items)
    {
        var table = new TextTable(
            new("study"), new("trials", IsNumber: true), new("completed", IsNumber: true), new("failed", IsNumber: true),
            new("running", IsNumber: true), new("best", IsNumber: true), new("last change (UTC)"), new("objective"));
        foreach (var item in items)
        {
            table.Add(
                item.Name, Figures.Count(item.Trials.Total), Figures.Count(item.Trials.Completed),
                Figures.Count(item.Trials.Failed + item.Trials.Lost), Figures.Count(item.Trials.Running), Figures.Short(item.Best),
                Figures.Moment(item.Updated),
                string.Join(", ", item.Objectives.Select(objective => $"{objective.Direction} {objective.Metric}")));
        }

        table.Write(terminal.Out, terminal.Width());
    }
}
