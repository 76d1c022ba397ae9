using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Events;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary><c>attune best</c>: the best trial, or for several objectives the trials that no other dominates.</summary>
internal static class BestCommand
{
    private const int MostTrials = 2_000;

    internal static Command Create(Terminal terminal)
    {
        var study = Inputs.Study();
        var store = Inputs.Store();
        var json = Inputs.Json("The trial as one JSON object; for several objectives one line for each trial of the front.");
        var command = new Command("best", "Shows the best trial; for several objectives, the trials that no other dominates.") { study,
            store, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var place = await StudyPlace.FindAsync(terminal, parsed.GetValue(store), parsed.GetValue(study), cancellationToken);
            var summary = await place.Store.SummarizeAsync(place.Name, cancellationToken);
            var problem = summary.Definition.Problem;
            var best = await ReadAsync(place, problem, cancellationToken);
            if (best.Count == 0)
                throw new CommandException(ExitCode.Nothing,
                    $"the study '{place.Name}' has no completed{(problem.Constraints.IsEmpty ? "" : " feasible")} trial yet");
            var recommended = await RecommendedAsync(terminal, place, summary, cancellationToken);
            if (parsed.GetValue(json))
            {
                foreach (var row in best)
                {
                    var final = await place.Store.ReadFinalAsync(place.Name, row.Number, cancellationToken);
                    JsonLines.Write(terminal.Out, TrialJson.Of(row, final) with { Recommended = RecommendedJson.Of(recommended) });
                }
            }
            else if (problem.IsSingleObjective)
            {
                TrialText.Write(terminal.Out, best[0], await place.Store.ReadFinalAsync(place.Name, best[0].Number, cancellationToken));
                if (RecommendedText.Of(recommended, problem.Objectives[0].Metric, best[0].Number) is { } line)
                    terminal.Out.WriteLine(line);
            }
            else
            {
                TrialsCommand.Write(terminal, problem, best);
                foreach (var row in best)
                {
                    if (await place.Store.ReadFinalAsync(place.Name, row.Number, cancellationToken) is { } final)
                        terminal.Out.WriteLine(Plain.Line($"final of trial {Figures.Count(row.Number)}: {FinalText.Of(final)}"));
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What the journal recommends or, where trials have ended since and there are not too many of them to read, what the sampler
    /// would.</summary>
    private static async Task<Recommended?> RecommendedAsync(
        Terminal terminal, StudyPlace place, StudySummary summary, CancellationToken cancellationToken)
    {
        if (!summary.Definition.Problem.IsSingleObjective)
            return null;
        if (await place.Store.ReadRecommendationAsync(place.Name, cancellationToken) is { } known)
            return known;
        if (summary.Counts.Values.Sum() > MostTrials)
            return null;
        await using var study = await place.OpenAsync(terminal, cancellationToken);
        return await study.RecommendAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<TrialRow>> ReadAsync(StudyPlace place, Problem problem, CancellationToken cancellationToken) =>
        problem.IsSingleObjective
        ? await place.Store.BestAsync(place.Name, cancellationToken) is { } row ? [row] : []
        : Front.Of(await place.Store.ReadTrialsAsync(place.Name, TrialQuery.BestOf(problem), cancellationToken));
}
