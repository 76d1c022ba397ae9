using Attune.Events;
using Attune.Histories;

namespace Attune.Sqlite.Projection;

/// <summary>A trial with what its row needs beyond it.</summary>
/// <param name="Trial">The trial as the history tells it.</param>
/// <param name="Position">The position of the last event that happened to it.</param>
/// <param name="Metrics">The last value of every metric, in order of first appearance.</param>
internal sealed record ProjectedTrial(Trial Trial, long Position, MetricValues Metrics)
{
    internal static ProjectedTrial Apply(Problem problem, int spaceRevision, ProjectedTrial? before, in JournalEvent journalEvent)
    {
        var trial = TrialFold.Apply(problem, spaceRevision, before?.Trial, journalEvent);
        if (before is null)
            return new(trial, journalEvent.Position, MetricValues.Empty);
        if (ReferenceEquals(trial, before.Trial))
            return journalEvent.Payload is Recommended or FinalEvaluated ? before : before with { Position = journalEvent.Position };
        var metrics = before.Metrics;
        if (trial.Measurements.Count == before.Trial.Measurements.Count + 1)
            metrics = Merge(metrics, trial.Measurements[^1].Metrics);
        else if (!ReferenceEquals(trial.Measurements, before.Trial.Measurements))
            metrics = MetricsOf(trial);
        return new(trial, journalEvent.Position, metrics);
    }

    /// <summary>The last value of every metric, from the measurements that count.</summary>
    internal static MetricValues MetricsOf(Trial trial)
    {
        var metrics = MetricValues.Empty;
        foreach (var measurement in trial.Measurements)
            metrics = Merge(metrics, measurement.Metrics);
        return metrics;
    }

    private static MetricValues Merge(MetricValues before, MetricValues added)
    {
        if (before.Count == 0)
            return added;
        var names = before.Select(pair => pair.Key);
        if (before.Count == added.Count && names.SequenceEqual(added.Select(pair => pair.Key), StringComparer.Ordinal))
            return added;
        return new(before.Select(pair => added.TryGet(pair.Key, out var value) ? KeyValuePair.Create(pair.Key, value) : pair)
            .Concat(added.Where(pair => !before.TryGet(pair.Key, out _))));
    }
}
