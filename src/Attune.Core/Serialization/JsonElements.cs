using System.Text.Encodings.Web;
using System.Text.Json;

namespace Attune.Serialization;

/// <summary>Short forms for reading and writing optional members.</summary>
internal static class JsonElements
{
    /// <summary>What is written is read by people and by SQL, never as part of a page: letters and signs stay as they are.</summary>
    internal static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Deeper than the deepest annotation that a writer takes, which is 64 levels within its event.</summary>
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    internal static double RequiredNumber(this JsonElement element, string name) =>
        element.NumberOrNull(name) ?? throw new JsonException($"'{name}' is missing.");

    internal static double Number(this JsonElement element, string name, double missing = 0) =>
        element.TryGetProperty(name, out var member) ? member.GetDouble() : missing;

    internal static double? NumberOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetDouble() : null;

    internal static int? IntOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetInt32() : null;

    internal static int Int(this JsonElement element, string name, int missing = 0) =>
        element.TryGetProperty(name, out var member) ? member.GetInt32() : missing;

    internal static long Long(this JsonElement element, string name, long missing = 0) =>
        element.TryGetProperty(name, out var member) ? member.GetInt64() : missing;

    internal static bool Flag(this JsonElement element, string name, bool missing = false) =>
        element.TryGetProperty(name, out var member) ? member.GetBoolean() : missing;

    internal static string? TextOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetString() : null;

    internal static string Text(this JsonElement element, string name) =>
        element.TextOrNull(name) ?? throw new JsonException($"'{name}' is missing.");

    internal static T Word<T>(this JsonElement element, string name, T missing)
        where T : struct, Enum => element.TextOrNull(name) is { } word ? JsonNames.Parse<T>(word) : missing;

    internal static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.EnumerateArray() : Enumerable.Empty<JsonElement>();

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    internal static void WriteUnless<T>(this Utf8JsonWriter writer, string name, T value, T missing)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, missing))
            writer.WriteString(name, JsonNames.Of(value));
    }

    internal static void WriteUnless(this Utf8JsonWriter writer, string name, long value, long missing)
    {
        if (value != missing)
            writer.WriteNumber(name, value);
    }

    internal static void WriteUnless(this Utf8JsonWriter writer, string name, bool value, bool missing)
    {
        if (value != missing)
            writer.WriteBoolean(name, value);
    }
}
