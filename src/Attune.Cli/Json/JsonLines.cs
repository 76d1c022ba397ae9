using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Attune.Cli.Json;

/// <summary>Writes values as JSON, one a line.</summary>
internal static class JsonLines
{
    // Names of the user's own stay readable; nothing here is put into a web page.
    private static readonly OutputJson Context =
        new(new JsonSerializerOptions(OutputJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes one value in one line.</summary>
    internal static void Write<T>(TextWriter writer, T value)
    {
        writer.Write(ToText(value));
        writer.Write('\n');
    }

    /// <summary>One value as JSON text without line breaks.</summary>
    internal static string ToText<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!);
}
