using System.Globalization;
using System.Text;
using Attune.Events;
using Attune.Histories;
using Attune.Serialization;

namespace Attune.Testing;

/// <summary>Events and histories as text, by which they are compared and shown.</summary>
internal static class EventText
{
    /// <summary>One line for each event: the envelope, and the payload as it is stored.</summary>
    internal static IReadOnlyList<string> Of(IEnumerable<JournalEvent> events)
    {
        var codec = new EventCodec();
        return [.. events.Select(journalEvent =>
        {
            var encoded = codec.Encode(journalEvent.Payload);
            codec.Accept(journalEvent.Payload);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{journalEvent.Position} {journalEvent.Time:O} {journalEvent.Writer} {journalEvent.Sequence} token {journalEvent.Token} "
                + $"after {journalEvent.Causation} v{journalEvent.Version} {encoded.Kind} {encoded.Trial} "
                    + $"{Encoding.UTF8.GetString(encoded.Body.Span)}");
        })];
    }

    /// <summary>Everything that a history tells, one line for the study and one for each trial.</summary>
    internal static IReadOnlyList<string> Of(History history)
    {
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{history.Position} seed {history.Seed} revision {history.SpaceRevision} {Of(history.Budget)} running "
                    + $"[{string.Join(' ', history.Running)}] "
                + $"paused [{string.Join(' ', history.Paused)}] reserved [{string.Join(' ', history.Reserved)}] retry "
                    + $"[{string.Join(' ', history.AwaitingRetry)}] "
                + $"queue [{string.Join("; ", history.Queue)}] front [{string.Join(' ', history.Front)}] finished "
                    + $"{history.FinishedCount} index {history.SamplerIndex} "
                + $"failures {history.ConsecutiveFailures} stale {history.FinishedWithoutImprovement} resource "
                    + $"{history.ResourceSpent:R} cost {history.CostSpent:R} "
                + $"alive {history.Alive} {history.IsStopRequested} {history.IsCancelRequested} {history.IsExhausted} "
                    + $"{history.Recommendation} declared {Of(history.DeclaredBudget)} "
                + $"finals [{string.Join("; ", history.Finals.OrderBy(final => final.Key).Select(final => final.Value))}] "
                + $"{history.CreatedAt:O} {history.UpdatedAt:O} writers "
                    + $"[{string.Join("; ", history.Writers.Values.OrderBy(writer => writer.Identity.Name, StringComparer.Ordinal))}] "
                + $"programs [{string.Join("; ", history.Programs.OrderBy(pair => pair.Key))}]"),
            SpaceJson.ToText(history.Problem.Space),
        };
        lines.AddRange(history.Trials.Select(Of));
        return lines;
    }

    private static string Of(Budget budget) => $"({budget}; {budget.StopAtTarget} {budget.DrainAtTarget})";

    private static string Of(Trial trial) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trial.Number} ({trial.Configuration}) revision {trial.SpaceRevision} {trial.Origin} {trial.SamplerIndex} "
            + $"{trial.QueuePosition} {trial.Annotation} {trial.State} "
        + $"{trial.WillRetry} {trial.IsInterrupted} {trial.Failure} attempt {trial.Attempt} token {trial.Token} {trial.Worker} to "
            + $"{trial.Target:R} {trial.Step} "
        + $"[{string.Join("; ", trial.Measurements.Select(Of))}] losses [{Join(trial.Losses)}] violations [{Join(trial.Violations)}] "
            + $"{trial.Checkpoint} "
        + $"{trial.CheckpointResource:R} {trial.ResourceSpent:R} {trial.CostSpent:R} {trial.ReservedAt:O} {trial.StartedAt:O} "
            + $"{trial.FinishedAt:O}");

    private static string Of(Measurement measurement) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measurement.Sequence} {measurement.Attempt} {measurement.Resource:R} {measurement.Instance} {measurement.Replicate} "
            + $"{Of(measurement.Metrics)} "
        + $"± {Of(measurement.StandardErrors ?? MetricValues.Empty)} {measurement.Elapsed:R}");

    private static string Of(MetricValues metrics) =>
        string.Join(' ', metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Key}={metric.Value:R}")));

    private static string Join(IEnumerable<double> numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
