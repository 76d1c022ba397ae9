using System.Text.Json;

namespace Attune.Cli.Text;

/// <summary>Configurations, given as JSON objects, as people read them.</summary>
internal static class ConfigurationTexts
{
    /// <summary>In one line, numbers with six digits.</summary>
    internal static string Short(string? json) => string.Join(", ", Members(json).Select(member => $"{member.Name}={Short(member.Value)}"));

    /// <summary>Names and values, numbers exact.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Exact(string? json) =>
        [.. Members(json).Select(member => (Plain.Line(member.Name), Plain.Line(Text(member.Value))))];

    internal static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    internal static IReadOnlyList<JsonProperty> Members(string? json) =>
        json is null ? [] : [.. JsonElement.Parse(json).EnumerateObject()];

    private static string Short(JsonElement value) => Plain.Line(value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => Figures.Count(whole),
        JsonValueKind.Number => Figures.Short(value.GetDouble()),
        _ => Text(value),
    });
}
