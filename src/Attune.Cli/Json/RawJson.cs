using System.Text.Json;
using System.Text.Json.Serialization;

namespace Attune.Cli.Json;

/// <summary>A JSON value that stands in the journal already and is passed on as it is.</summary>
/// <param name="Text">The value as JSON text.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(string Text)
{
    internal static RawJson? Of(string? text) => text is null ? null : new RawJson(text);
}

/// <summary>Writes <see cref="RawJson"/>.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonElement.ParseValue(ref reader).GetRawText());

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);
}
