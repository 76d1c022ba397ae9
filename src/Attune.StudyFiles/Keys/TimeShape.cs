using System.Text.Json.Nodes;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A time span with units.</summary>
internal sealed class TimeShape(int? mostDays = null) : ScalarShape
{
    internal override string Allowed => mostDays is null ? TimeSpans.Allowed
        : FormattableString.Invariant($"{TimeSpans.Allowed}, at most {mostDays}d");

    internal override bool Accepts(YamlScalar scalar) => TimeSpans.Parse(scalar.Text) is { } span && !(span.TotalDays > mostDays);

    internal override string? Suggest(YamlScalar scalar) =>
        scalar.AsWhole() is > 0 && TimeSpans.Parse($"{scalar.Text}s") is not null ? $"{scalar.Text}s" : null;

    internal override JsonObject ToSchema() => new() { ["type"] = "string", ["pattern"] = TimeSpans.Pattern };
}
