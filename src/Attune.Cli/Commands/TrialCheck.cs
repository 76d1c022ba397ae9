using Attune.Cli.Errors;
using Attune.Cli.Text;
using Attune.Histories;
using Attune.Internal;

namespace Attune.Cli.Commands;

/// <summary>Checks what a person says about a trial before it becomes part of the journal for good.</summary>
internal static class TrialCheck
{
    /// <exception cref="CommandException">There is no such trial.</exception>
    internal static Trial Exists(string study, History history, int number) => number < history.Trials.Count
        ? history.Trials[number]
        : throw CommandException.NotFound(
            $"there is no trial {number} in the study '{study}'; it has {Figures.Count(history.Trials.Count, "trial")}");

    /// <summary>Why metrics make the trial failed: one of them is not finite; null when all are. It is so for programs too.</summary>
    internal static string? NonFinite(IReadOnlyList<KeyValuePair<string, double>> metrics) =>
        metrics.FirstOrDefault(pair => !double.IsFinite(pair.Value)) is { Key: { } name } bad
            ? $"the metric '{name}' is {Figures.Exact(bad.Value)}" : null;

    /// <summary>Refuses to complete a trial whose objectives are not all known: a mistyped name must not cost the trial.</summary>
    /// <exception cref="CommandException">An objective is neither told now nor reported before.</exception>
    internal static void HasAllObjectives(History history, int number, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        var reported = history.Trials[number].Measurements.SelectMany(measurement => measurement.Metrics).Concat(metrics)
            .Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        var missing = history.Problem.Objectives.Select(objective => objective.Metric).Where(metric => !reported.Contains(metric))
            .ToArray();
        if (missing.Length == 0)
            return;
        var said = metrics.Count == 0 ? "no metric is given"
            : $"given {(metrics.Count == 1 ? "is" : "are")} {string.Join(", ", metrics.Select(pair => pair.Key))}";
        var hint = metrics.Select(
            pair => NearNames.Nearest(pair.Key, missing) is { } near ? $" Did you mean '{near}' by '{pair.Key}'?" : "")
            .FirstOrDefault(text => text.Length > 0) ?? "";
        throw CommandException.WrongInput($"trial {number} has no value for the objective '{string.Join("', '", missing)}': {said}.{hint}");
    }
}
