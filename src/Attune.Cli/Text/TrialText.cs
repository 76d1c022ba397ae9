using Attune.Cli.Json;
using Attune.Events;
using Attune.Serialization;
using Attune.Sqlite;

namespace Attune.Cli.Text;

/// <summary>One trial in full, for a person.</summary>
internal static class TrialText
{
    internal static void Write(TextWriter writer, TrialRow row, FinalEvaluated? final)
    {
        var values = string.Join(", ", NumbersJson.Members(row.Values).Select(pair => $"{pair.Key} {Figures.Short(pair.Value)}"));
        writer.WriteLine(Plain.Line($"trial {Figures.Count(row.Number)}: "
            + $"{JsonNames.Of(row.State)}{(values.Length == 0 ? "" : $", {values}")}"));
        Pairs(writer, ConfigurationTexts.Short(row.Configuration));
        var known = NumbersJson.Members(row.Values).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        var others = NumbersJson.Members(row.Metrics).Where(pair => !known.Contains(pair.Key)).ToArray();
        if (others.Length > 0)
            writer.WriteLine(Plain.Line($"also measured: "
                + $"{string.Join(", ", others.Select(pair => $"{pair.Key} {Figures.Short(pair.Value)}"))}"));
        if (final is not null)
            writer.WriteLine(Plain.Line($"final: {FinalText.Of(final)}"));
        if (row.Resource is { } resource)
            writer.WriteLine($"resource: {Figures.Short(resource)}");
        if (row.Origin != TrialOrigin.Sampler || row.Attempt > 1)
            writer.WriteLine($"origin: {JsonNames.Of(row.Origin)}, {Figures.Count(row.Attempt, "attempt")}");
        var took = row.Duration is { } duration ? $", took {Figures.Duration(duration)}" : "";
        if (row.StartedAt is { } started)
            writer.WriteLine($"started: {Figures.Moment(started)} UTC{took}");
        if (row.Failure is not { } failure)
            return;
        writer.WriteLine($"{JsonNames.Of(failure.Kind)}:");
        foreach (var line in Plain.Lines(failure.Reason))
            writer.WriteLine($"  {line}");
    }

    /// <summary>Names and values below each other.</summary>
    internal static void Pairs(TextWriter writer, IReadOnlyList<(string Name, string Value)> pairs)
    {
        var width = pairs.Count == 0 ? 0 : pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in pairs)
            writer.WriteLine($"  {name.PadRight(width)}  {value}");
    }
}
