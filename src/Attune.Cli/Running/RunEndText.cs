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
            WriteBest(writer, best, history);
        else if (history.Front.Count > 0)
            writer.WriteLine(Plain.Line($"{Figures.Count(history.Front.Count, "trial")} on the front: attune best {input.Words}"));
        else
            WriteNothing(writer, history);
        WriteFinals(writer, end);
        writer.WriteLine(Plain.Line($"the study is kept in {terminal.Display(end.Store)}; {Next(input, end)}"));
    }

    private static void WriteBest(TextWriter writer, Trial best, History history)
    {
        var problem = history.Problem;
        var values = best.Values(problem);
        writer.WriteLine(Plain.Line($"best: "
            + $"{string.Join(", ", problem.Objectives.Select((objective, i) => $"{objective.Metric} {Figures.Short(values[i])}"))} "
            + $"(trial {Figures.Count(best.Number)})"));
        TrialText.Pairs(writer, ConfigurationTexts.Short(ConfigurationJson.ToText(best.Configuration!)));
        if (history.IsRecommendationCurrent && history.Recommendation!.Trial != best.Number
            && RecommendedText.Of(history.Recommendation, problem.Objectives[0].Metric, best.Number) is { } line)
            writer.WriteLine(line);
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

    private static void WriteFinals(TextWriter writer, RunEnd end)
    {
        foreach (var final in end.Finals)
        {
            var trial = end.History.Best is null ? $" of trial {Figures.Count(final.Trial)}" : "";
            if (final.Failure is not { } failure)
            {
                writer.WriteLine(Plain.Line($"final{trial}: {FinalText.Of(final)}"));
                continue;
            }

            writer.WriteLine($"the final command{(trial.Length == 0 ? "" : trial)} failed:");
            foreach (var line in Plain.Lines(failure.Reason))
                writer.WriteLine($"  {line}");
        }

        var left = end.Finals.Count == 0 ? 0 : end.History.Front.Count - end.Finals.Count;
        if (left > 0)
            writer.WriteLine($"{Figures.Count(left, "more trial")} on the front had no final evaluation: "
                + $"{FinalRun.Most} are evaluated at most");
    }

    /// <summary>How to go on, where there is anything to go on with.</summary>
    private static string Next(RunInput input, RunEnd end) => end switch
    {
        { IsInterrupted: true } => $"go on with: attune run {input.Words}",
        { Reason: StopReason.Exhausted } => "nothing is left to try in it: a larger space or another sampler would go on",
        { Reason: StopReason.Scheduler } => "its schedule is complete",
        _ => $"go on with: attune run {input.Words}{More(end)}",
    };

    private static string More(RunEnd end) => (end.Reason, end.History.Budget) switch
    {
        (StopReason.Trials, { Trials: { } trials }) => $" --trials {Figures.Count(Math.Min(2L * trials, int.MaxValue))}",
        (StopReason.WallClock, { WallClock: { } time }) => $" --time {Figures.Count((long)Math.Ceiling(2 * time.TotalSeconds))}s",
        _ => "",
    };
}
