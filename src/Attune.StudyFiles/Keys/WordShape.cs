using System.Text.Json.Nodes;
using Attune.Internal;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>One of a few words.</summary>
internal class WordShape(params IEnumerable<string> words) : ScalarShape
{
    internal IReadOnlyList<string> Words { get; } = [.. words];

    internal override string Allowed => Words.Count == 1 ? $"the word {Words[0]}"
        : $"{string.Join(", ", Words.SkipLast(1))} or {Words[^1]}";

    internal override bool Accepts(YamlScalar scalar) => Words.Contains(scalar.Text);

    internal override string? Suggest(YamlScalar scalar) => NearNames.Nearest(scalar.Text, Words);

    internal override JsonObject ToSchema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]) };
}
