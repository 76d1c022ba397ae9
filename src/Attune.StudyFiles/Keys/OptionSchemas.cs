using System.Text.Json.Nodes;
using Attune.Algorithms;

namespace Attune.StudyFiles.Keys;

/// <summary>Options of samplers and schedulers as JSON schema.</summary>
internal static class OptionSchemas
{
    internal static JsonObject ToSchema(MethodOption option)
    {
        var schema = option.Type switch
        {
            OptionType.Integer => Ranged("integer", option),
            OptionType.Number => Ranged("number", option),
            OptionType.Flag => new JsonObject { ["type"] = "boolean" },
            OptionType.Choice => new JsonObject { ["enum"] = new JsonArray([.. option.Choices.Select(word => JsonValue.Create(word))]) },
            OptionType.IntegerMap => new JsonObject { ["type"] = "object", ["additionalProperties"] = Ranged("integer", option) },
            _ => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
        };
        schema["description"] = option.Default == "null" ? option.Description : $"{option.Description} Default: {option.Default}.";
        return schema;
    }

    private static JsonObject Ranged(string type, MethodOption option)
    {
        var schema = new JsonObject { ["type"] = type };
        if (option.Minimum is { } low)
            schema["minimum"] = low;
        if (option.Maximum is { } high)
            schema["maximum"] = high;
        return schema;
    }
}
