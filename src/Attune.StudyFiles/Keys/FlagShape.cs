using System.Text.Json.Nodes;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>True or false.</summary>
internal sealed class FlagShape : ScalarShape
{
    internal override string Allowed => "true or false";

    internal override bool Accepts(YamlScalar scalar) => scalar.AsBoolean() is not null;

    internal override string? Suggest(YamlScalar scalar) => scalar.Text.ToUpperInvariant() switch
    {
        "YES" or "ON" or "Y" or "1" or "TRUE" => "true",
        "NO" or "OFF" or "N" or "0" or "FALSE" => "false",
        _ => null,
    };

    internal override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}
