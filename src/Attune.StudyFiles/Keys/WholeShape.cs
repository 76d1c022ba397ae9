using System.Globalization;
using System.Text.Json.Nodes;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A whole number in a range; <c>1e6</c> is one, too.</summary>
internal sealed class WholeShape(decimal atLeast, decimal atMost) : ScalarShape
{
    internal override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {atLeast} to {atMost}");

    internal override bool Accepts(YamlScalar scalar) => scalar.Whole() is { } whole && whole >= atLeast && whole <= atMost;

    internal override string? Suggest(YamlScalar scalar) => NumberHint.For(scalar);

    internal override JsonObject ToSchema() => new() { ["type"] = "integer", ["minimum"] = atLeast, ["maximum"] = atMost };
}
