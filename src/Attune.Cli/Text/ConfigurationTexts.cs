using System.Text.Json;

namespace Attune.Cli.Text;

/// <summary>Configurations, given as JSON objects, as people read them.</summary>
internal static class ConfigurationTexts
{
    /// <summary>In one line, numbers with six digits.</summary>
    internal static string Line(string? json) => string.Join(", ", Short(json).Select(pair => $"{pair.Name}={pair.Value}"));

    /// <summary>Names and values, numbers with six digits: for reading.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Short(string? json) => Pairs(json, Figures.Short);

    /// <summary>Names and values, numbers exact: for use elsewhere.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Exact(string? json) => Pairs(json, Figures.Exact);

    internal static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    internal static IReadOnlyList<JsonProperty> Members(string? json) =>
        json is null ? [] : [.. JsonElement.Parse(json).EnumerateObject()];

    private static IReadOnlyList<(string Name, string Value)> Pairs(string? json, Func<double, string> number) =>
        [.. Members(json).Select(member => (Plain.Line(member.Name), Plain.Line(member.Value.ValueKind switch
        {
            JsonValueKind.Number when member.Value.TryGetInt64(out var whole) => Figures.Count(whole),
            JsonValueKind.Number => number(member.Value.GetDouble()),
            _ => Text(member.Value),
        })))];
}
