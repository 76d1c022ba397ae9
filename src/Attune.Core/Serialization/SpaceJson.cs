using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Attune.Serialization;

/// <summary>Canonical JSON of search spaces. Constraints that are code are written by name and version only.</summary>
public static class SpaceJson
{
    /// <summary>A space as canonical JSON text: equal spaces give equal texts.</summary>
    /// <param name="space">The space.</param>
    public static string ToText(SearchSpace space)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonElements.Readable))
            Write(writer, space);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a space from JSON text.</summary>
    /// <param name="json">What <see cref="ToText"/> gives.</param>
    /// <exception cref="SpaceException">The space is not legal.</exception>
    /// <exception cref="JsonException">It is not the JSON of a space.</exception>
    public static SearchSpace Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Writes a space as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="space">The space.</param>
    public static void Write(Utf8JsonWriter writer, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(space);
        writer.WriteStartObject();
        writer.WriteStartArray("parameters");
        foreach (var parameter in space.Parameters)
            WriteParameter(writer, parameter);
        writer.WriteEndArray();
        if (!space.Forbidden.IsEmpty)
        {
            writer.WriteStartArray("forbidden");
            foreach (var rule in space.Forbidden)
                writer.WriteStringValue(rule.Text);
            writer.WriteEndArray();
        }

        if (!space.Constraints.IsEmpty)
        {
            writer.WriteStartArray("constraints");
            foreach (var rule in space.Constraints)
                WriteConstraint(writer, rule);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a space.</summary>
    /// <param name="element">A JSON object as <see cref="Write"/> gives it.</param>
    /// <exception cref="SpaceException">The space is not legal.</exception>
    /// <exception cref="JsonException">It is not the JSON of a space.</exception>
    public static SearchSpace Read(JsonElement element)
    {
        try
        {
            return new(
                element.Items("parameters").Select(ReadParameter),
                element.Items("forbidden")
                    .Select(rule => Expression.Parse(rule.GetString() ?? throw new JsonException("A forbidden combination is a text."))),
                element.Items("constraints").Select(ReadConstraint));
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException($"This is not the JSON of a search space: {exception.Message}", exception);
        }
    }

    private static void WriteParameter(Utf8JsonWriter writer, Parameter parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("name", parameter.Name);
        writer.WriteString("type", JsonNames.Of(parameter.Kind));
        switch (parameter)
        {
            case NumericParameter numeric:
                WriteNumber(writer, "low", numeric, numeric.Low);
                WriteNumber(writer, "high", numeric, numeric.High);
                writer.WriteUnless("scale", numeric.Scale, Scale.Linear);
                if (numeric is FloatParameter { Step: { } step })
                    writer.WriteNumber("step", step);
                if (numeric is IntParameter { Step: not 1 and var whole })
                    writer.WriteNumber("step", whole);
                break;
            case ChoiceParameter choice:
                writer.WriteStartArray("choices");
                foreach (var value in choice.Choices)
                    ConfigurationJson.WriteValue(writer, value);
                writer.WriteEndArray();
                break;
        }

        writer.WritePropertyName("default");
        ConfigurationJson.WriteValue(writer, parameter.Default);
        WritePrior(writer, parameter.Prior);
        writer.WriteOptional("when", parameter.Activation?.Text);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, NumericParameter parameter, double value)
    {
        writer.WritePropertyName(name);
        ConfigurationJson.WriteValue(writer, parameter.ToValue(value));
    }

    private static void WritePrior(Utf8JsonWriter writer, Prior? prior)
    {
        if (prior is null)
            return;
        writer.WriteStartObject("prior");
        if (prior is NormalPrior normal)
        {
            writer.WriteNumber("center", normal.Center);
            writer.WriteNumber("spread", normal.Spread);
        }
        else if (prior is WeightPrior weights)
        {
            writer.WriteStartArray("weights");
            foreach (var weight in weights.Weights)
                writer.WriteNumberValue(weight);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteConstraint(Utf8JsonWriter writer, InputConstraint rule)
    {
        if (rule is not DelegateConstraint code)
        {
            writer.WriteStringValue(rule.Description);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("code", code.Name);
        writer.WriteNumber("version", code.Version);
        writer.WriteEndObject();
    }

    private static Parameter ReadParameter(JsonElement element)
    {
        var name = element.Text("name");
        var when = element.TextOrNull("when") is { } text ? Expression.Parse(text) : null;
        var prior = element.TryGetProperty("prior", out var member) ? ReadPrior(member) : null;
        var scale = element.Word("scale", Scale.Linear);
        return JsonNames.Parse<ParameterKind>(element.Text("type")) switch
        {
            ParameterKind.Float => new FloatParameter(
                name, element.RequiredNumber("low"), element.RequiredNumber("high"), scale, element.NumberOrNull("step"),
                element.NumberOrNull("default"), prior, when),
            ParameterKind.Int => new IntParameter(
                name, WholeNumber(element, "low"), WholeNumber(element, "high"), scale, element.Long("step", 1),
                element.TryGetProperty("default", out var whole) ? whole.GetInt64() : null, prior, when),
            ParameterKind.Ordinal => new OrdinalParameter(name, Choices(element), DefaultChoice(element), prior, when),
            _ => new CategoricalParameter(name, Choices(element), DefaultChoice(element), prior, when),
        };
    }

    private static long WholeNumber(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetInt64() : throw new JsonException($"'{name}' is missing.");

    private static IEnumerable<ParameterValue> Choices(JsonElement element) => element.Items("choices").Select(ConfigurationJson.ReadValue);

    private static ParameterValue? DefaultChoice(JsonElement element) =>
        element.TryGetProperty("default", out var member) ? ConfigurationJson.ReadValue(member) : default(ParameterValue?);

    private static Prior ReadPrior(JsonElement element) => element.TryGetProperty("weights", out var weights)
        ? new WeightPrior([.. weights.EnumerateArray().Select(weight => weight.GetDouble())])
        : new NormalPrior(element.RequiredNumber("center"), element.RequiredNumber("spread"));

    private static InputConstraint ReadConstraint(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? InputConstraint.Of(Expression.Parse(element.GetString()!))
        : new DelegateConstraint(element.Text("code"), element.Int("version"), holds: null);
}
