using System.Text.Json.Nodes;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A time span with units.</summary>
internal sealed class TimeShape : ScalarShape
{
    internal override string Allowed => TimeSpans.Allowed;

    internal override bool Accepts(YamlScalar scalar) => TimeSpans.Parse(scalar.Text) is not null;

    internal override string? Suggest(YamlScalar scalar) =>
        scalar.AsWhole() is > 0 && TimeSpans.Parse($"{scalar.Text}s") is not null ? $"{scalar.Text}s" : null;

    internal override JsonObject ToSchema() => new() { ["type"] = "string", ["pattern"] = TimeSpans.Pattern };
}
