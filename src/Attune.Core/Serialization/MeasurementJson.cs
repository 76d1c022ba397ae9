using System.Text.Json;

namespace Attune.Serialization;

/// <summary>JSON of measurements.</summary>
internal static class MeasurementJson
{
    internal static void Write(Utf8JsonWriter writer, Measurement measurement)
    {
        writer.WriteUnless("sequence", measurement.Sequence, 0);
        writer.WriteUnless("attempt", measurement.Attempt, 1);
        writer.WriteOptional("resource", measurement.Resource);
        writer.WriteOptional("instance", measurement.Instance);
        writer.WriteUnless("replicate", measurement.Replicate, 0);
        WriteMetrics(writer, "metrics", measurement.Metrics);
        if (measurement.StandardErrors is { } errors)
            WriteMetrics(writer, "standardErrors", errors);
        writer.WriteOptional("elapsed", measurement.Elapsed);
    }

    internal static Measurement Read(JsonElement element) => new(ReadMetrics(element.GetProperty("metrics")))
    {
        Sequence = element.Int("sequence"),
        Attempt = element.Int("attempt", 1),
        Resource = element.NumberOrNull("resource"),
        Instance = element.TextOrNull("instance"),
        Replicate = element.Int("replicate"),
        StandardErrors = element.TryGetProperty("standardErrors", out var errors) ? ReadMetrics(errors) : null,
        Elapsed = element.NumberOrNull("elapsed"),
    };

    internal static void WriteMetrics(Utf8JsonWriter writer, string name, MetricValues metrics)
    {
        writer.WriteStartObject(name);
        foreach (var (metric, value) in metrics)
            writer.WriteNumber(metric, value);
        writer.WriteEndObject();
    }

    internal static MetricValues ReadMetrics(JsonElement element)
    {
        using var members = element.EnumerateObject().GetEnumerator();
        if (!members.MoveNext())
            return MetricValues.Empty;
        var (name, value) = (string.Intern(members.Current.Name), members.Current.Value.GetDouble());
        return members.MoveNext()
            ? new(element.EnumerateObject().Select(member => KeyValuePair.Create(string.Intern(member.Name), member.Value.GetDouble())))
            : new(name, value);
    }
}
