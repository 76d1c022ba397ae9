using System.Text.Json.Nodes;
using Attune.Internal;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A finite number, perhaps in a range.</summary>
internal sealed class NumberShape(double? above = null, double? atLeast = null, double? atMost = null) : ScalarShape
{
    internal override string Allowed => (above, atLeast, atMost) switch
    {
        ({ } low, _, _) => $"a number above {NumberText.Exact(low)}",
        (_, { } low, { } high) => $"a number from {NumberText.Exact(low)} to {NumberText.Exact(high)}",
        (_, { } low, _) => $"a number of at least {NumberText.Exact(low)}",
        (_, _, { } high) => $"a number of at most {NumberText.Exact(high)}",
        _ => "a number",
    };

    internal override bool Accepts(YamlScalar scalar) => scalar.AsNumber() is { } number && double.IsFinite(number)
        && !(number <= above) && !(number < atLeast) && !(number > atMost);

    internal override string? Suggest(YamlScalar scalar) => NumberHint.For(scalar);

    internal override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (above is { } low)
            schema["exclusiveMinimum"] = low;
        if (atLeast is { } least)
            schema["minimum"] = least;
        if (atMost is { } most)
            schema["maximum"] = most;
        return schema;
    }
}
