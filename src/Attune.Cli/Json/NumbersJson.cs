using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Attune.Cli.Json;

/// <summary>Named numbers as a JSON object.</summary>
internal static class NumbersJson
{
    internal static RawJson Object(IEnumerable<KeyValuePair<string, double>> members)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
                writer.WriteNumber(name, value);
            writer.WriteEndObject();
        }

        return new(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>The members of an object of numbers, in order.</summary>
    internal static IReadOnlyList<KeyValuePair<string, double>> Members(string? json)
    {
        if (json is null)
            return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetDouble()))];
    }
}
