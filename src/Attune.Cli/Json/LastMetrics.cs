namespace Attune.Cli.Json;

/// <summary>The last value of every metric that a trial reported, in order of first appearance.</summary>
internal static class LastMetrics
{
    internal static IReadOnlyList<KeyValuePair<string, double>> Of(Trial trial)
    {
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var measurement in trial.Measurements)
        {
            foreach (var (name, value) in measurement.Metrics)
                metrics[name] = value;
        }

        return [.. metrics];
    }
}
