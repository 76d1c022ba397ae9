using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Writes why a configuration was proposed, as the annotation of the proposal: a JSON object that <c>attune show</c> puts in words.
/// </summary>
/// <remarks>
/// <c>method</c> and <c>reason</c> are always there, <c>why</c> where <c>auto</c> chose the method. By a model: <c>mean</c> and
/// <c>deviation</c> (predicted loss in the objective's own direction, and its epistemic standard deviation), <c>noise</c> (the aleatoric
/// one), <c>acquisition</c> (its value), <c>nearest</c> (the number of the nearest evaluated trial) and <c>distance</c> (from it, in the
/// unit cube).
/// </remarks>
internal static class Explanation
{
    internal static string Simple(string method, string reason, string? why = null) =>
        why is null ? $$"""{"method":"{{method}}","reason":"{{reason}}"}""" : Chosen(Simple(method, reason), method, why);

    /// <summary>Another method's annotation, with its name and why it was chosen before the rest.</summary>
    internal static string Chosen(string? annotation, string method, string why) => Write(writer =>
    {
        writer.WriteString("method", method);
        writer.WriteString("why", why);
        using var document = JsonDocument.Parse(annotation ?? "{}");
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!property.NameEquals("method"))
                property.WriteTo(writer);
        }
    });

    /// <summary>Writes a JSON object.</summary>
    internal static string Write(Action<Utf8JsonWriter> fill)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            fill(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a number to six digits; nothing for one that is not finite.</summary>
    internal static void Number(this Utf8JsonWriter writer, string name, double value)
    {
        if (!double.IsFinite(value))
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(Text(value), skipInputValidation: true);
    }

    /// <summary>Writes numbers to six digits.</summary>
    internal static void Numbers(this Utf8JsonWriter writer, string name, double[] values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteRawValue(Text(value), skipInputValidation: true);
        writer.WriteEndArray();
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
