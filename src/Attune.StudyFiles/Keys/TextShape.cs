using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A text that is not blank; numbers and truth values are taken as they are written.</summary>
internal sealed class TextShape(string allowed, string? pattern = null, bool mayBeBlank = false) : ScalarShape
{
    internal const int Longest = 20_000;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    internal override string Allowed => allowed;

    internal override bool Accepts(YamlScalar scalar) =>
        scalar.Text.Length <= Longest && (mayBeBlank || !string.IsNullOrWhiteSpace(scalar.Text))
        && (pattern is null || Regex.IsMatch(scalar.Text, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
            MatchTimeout));

    internal override JsonObject ToSchema()
    {
        // An editor reads 5 as a number where the study file takes it as the text that it is.
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (pattern is not null)
            schema["pattern"] = SchemaPattern.Of(pattern);
        return schema;
    }
}
