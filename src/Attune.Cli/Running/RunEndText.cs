using Attune.Cli.Json;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Histories;
using Attune.Serialization;

namespace Attune.Cli.Running;

/// <summary>The end of a run for a person: the result, and how to go on.</summary>
internal static class RunEndText
{
    internal static void Write(Terminal terminal, RunInput input, RunEnd end)
    {
        var (writer, history) = (terminal.Out, end.History);
        var reason = end.IsInterrupted ? "interrupted" : StudyText.Reason(end.Reason);
        if (!input.IsQuiet)
            writer.WriteLine();
        var again = history.AwaitingRetry.Count == 0 ? "" : $" ({Figures.Count(history.AwaitingRetry.Count)} to run again)";
        writer.WriteLine($"{StudyText.Counts(TrialCountsJson.Of(history.CountOf))}{again}; {reason} "
            + $"({Figures.Duration(history.Alive)} of work)");
        if (history.Best is { } best)
            WriteBest(writer, best, history.Problem);
        else if (history.Front.Count > 0)
            writer.WriteLine(Plain.Line($"{Figures.Count(history.Front.Count, "trial")} on the front: attune best {input.Words}"));
        else
            WriteNothing(writer, history);
        WriteFinal(terminal, end);
        writer.WriteLine(Plain.Line(
            $"the study is kept in {terminal.Display(end.Store)}; go on with: attune run {input.Words}{More(end)}"));
    }

    private static void WriteBest(TextWriter writer, Trial best, Problem problem)
    {
        var values = best.Values(problem);
        writer.WriteLine(Plain.Line($"best: "
            + $"{string.Join(", ", problem.Objectives.Select((objective, i) => $"{objective.Metric} {Figures.Exact(values[i])}"))} "
            + $"(trial {Figures.Count(best.Number)})"));
        TrialText.Pairs(writer, ConfigurationTexts.Exact(ConfigurationJson.ToText(best.Configuration!)));
    }

    private static void WriteNothing(TextWriter writer, History history)
    {
        writer.WriteLine("no trial completed");
        if (history.Trials.LastOrDefault(trial => trial.Failure is not null) is not { Failure: { } failure } failed)
            return;
        writer.WriteLine($"trial {Figures.Count(failed.Number)} {JsonNames.Of(failed.State)} ({JsonNames.Of(failure.Kind)}):");
        foreach (var line in Plain.Lines(failure.Reason))
            writer.WriteLine($"  {line}");
    }

    private static void WriteFinal(Terminal terminal, RunEnd end)
    {
        if (end.Final is not { } final)
            return;
        if (final.Failure is { } failure)
        {
            terminal.Out.WriteLine("the final command failed:");
            foreach (var line in Plain.Lines(failure.Reason))
                terminal.Out.WriteLine($"  {line}");
            return;
        }

        var metrics = string.Join(", ", final.Metrics.Select(pair => $"{pair.Key} {Figures.Exact(pair.Value)}"));
        terminal.Out.WriteLine(Plain.Line(
            $"final: {(metrics.Length == 0 ? $"nothing was reported (see {terminal.Display(final.Folder)})" : metrics)}"));
    }

    private static string More(RunEnd end) =>
        end.Reason == StopReason.Trials && end.History.Budget.Trials is { } trials
            ? $" --trials {Figures.Count(Math.Min(2L * trials, int.MaxValue))}" : "";
}
