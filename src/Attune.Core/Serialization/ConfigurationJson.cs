using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Attune.Serialization;

/// <summary>
/// Canonical JSON of configurations: an object of the active parameters in the order of the space, such as
/// <c>{"model":"svm","gamma":0.01}</c>. Reals are written with a point or an exponent, so that 1.0 and 1 stay apart.
/// </summary>
public static class ConfigurationJson
{
    /// <summary>Writes a configuration as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="configuration">The configuration.</param>
    public static void Write(Utf8JsonWriter writer, Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(configuration);
        writer.WriteStartObject();
        var numbers = configuration.Numbers;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i]))
                continue;
            var parameter = configuration.Space.Parameters[i];
            writer.WritePropertyName(parameter.Name);
            WriteValue(writer, parameter.ToValue(numbers[i]));
        }

        writer.WriteEndObject();
    }

    /// <summary>A configuration as canonical JSON text.</summary>
    /// <param name="configuration">The configuration.</param>
    public static string ToText(Configuration configuration)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, JsonElements.Readable))
            Write(writer, configuration);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Reads what was written: names and values are checked, conditions and constraints are not, because history may lie outside of what is
    /// legal now.
    /// </summary>
    /// <param name="space">The space that the configuration was made in.</param>
    /// <param name="element">A JSON object.</param>
    /// <exception cref="SpaceException">A name is unknown, or a value is not legal.</exception>
    /// <exception cref="JsonException">It is not an object of plain values.</exception>
    public static Configuration Read(SearchSpace space, JsonElement element)
    {
        ArgumentNullException.ThrowIfNull(space);
        var numbers = new double[space.Dimensions];
        Array.Fill(numbers, double.NaN);
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonException("A configuration is a JSON object of parameter names and values.");
        foreach (var member in element.EnumerateObject())
        {
            var index = space.IndexOf(member.Name);
            if (!double.IsNaN(numbers[index]))
                throw new JsonException($"'{member.Name}' stands twice.");
            numbers[index] = space.Parameters[index].ToNumber(ReadValue(member.Value));
        }

        return new(space, numbers);
    }

    /// <summary>Reads values that a user gave; the space checks them completely.</summary>
    /// <param name="space">The space.</param>
    /// <param name="json">A JSON object; active parameters that are not named take their defaults if <paramref name="useDefaults"/> says
    /// so.</param>
    /// <param name="useDefaults">Whether missing values are defaults or errors.</param>
    /// <exception cref="SpaceException">A name is unknown, a value is missing or not legal, or a constraint is violated.</exception>
    /// <exception cref="JsonException">It is not JSON, or not an object of plain values.</exception>
    public static Configuration Parse(SearchSpace space, string json, bool useDefaults = false)
    {
        ArgumentNullException.ThrowIfNull(space);
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("A configuration is a JSON object of parameter names and values.");
        return space.Configure(
            document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, ReadValue(member.Value))).ToArray(),
            useDefaults);
    }

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    public static void WriteValue(Utf8JsonWriter writer, ParameterValue value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case ParameterValue.ValueKind.Integer:
                writer.WriteNumberValue(value.AsInt64());
                break;
            case ParameterValue.ValueKind.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case ParameterValue.ValueKind.Text:
                writer.WriteStringValue(value.AsText());
                break;
            default:
                WriteReal(writer, value.AsDouble());
                break;
        }
    }

    /// <summary>Reads a value: a number with a point or an exponent is real, another an integer.</summary>
    /// <param name="element">A JSON number, string, true or false.</param>
    /// <exception cref="JsonException">It is something else, or too large.</exception>
    public static ParameterValue ReadValue(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString()!;
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            case JsonValueKind.Number:
                if (element.TryGetInt64(out var whole) && IntParameter.IsExact(whole)
                    && element.GetRawText().AsSpan().IndexOfAny(".eE") < 0)
                    return whole;
                var number = element.GetDouble();
                return double.IsFinite(number) ? number : throw new JsonException($"{element.GetRawText()} is too large for a double.");
            default:
                throw new JsonException($"A value must be a number, a text, true or false, not {element.GetRawText()}.");
        }
    }

    private static void WriteReal(Utf8JsonWriter writer, double value)
    {
        Span<char> text = stackalloc char[34];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny(".E") < 0)
        {
            ".0".CopyTo(text[length..]);
            length += 2;
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
