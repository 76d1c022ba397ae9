using System.Text.Json.Nodes;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A value that a parameter can have: a number, a text, true or false.</summary>
internal sealed class ValueShape : ScalarShape
{
    internal override string Allowed => "a number, a text, true or false";

    internal override bool Accepts(YamlScalar scalar) => scalar.Value() is not null;

    internal override JsonObject ToSchema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
