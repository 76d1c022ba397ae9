using System.Globalization;
using Attune.Events;
using Attune.Histories;
using Attune.Internal;
using Attune.Serialization;

namespace Attune;

/// <summary>Writes one plain line for every finished trial.</summary>
internal sealed class ProgressPrinter(TextWriter writer)
{
    internal void Print(Trial trial, History history)
    {
        var limit = history.Budget.Trials is { } trials ? $"/{trials}" : "";
        var outcome = trial.Losses.IsEmpty ? trial.Failure?.Reason.ReplaceLineEndings(" ") ?? "" : Values(trial, history.Problem);
        var best = history.Best is { } incumbent ? $"  best {Values(incumbent, history.Problem)} (trial {incumbent.Number})" : "";
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[{history.FinishedCount}{limit}] trial {trial.Number} {JsonNames.Of(trial.State)} {outcome}{best}"));
    }

    /// <summary>Says what changes the run while it runs.</summary>
    internal void Hear(JournalEvent journalEvent, History history)
    {
        if (journalEvent.Payload is BudgetChanged { Budget: var budget })
            writer.WriteLine($"the budget is now {budget}");
    }

    private static string Values(Trial trial, Problem problem) => string.Join(
        ", ", trial.Values(problem).Select(NumberText.Short));
}
