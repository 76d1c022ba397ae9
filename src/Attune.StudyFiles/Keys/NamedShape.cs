using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A mapping from names of the user's own to values of one shape.</summary>
/// <param name="value">The shape of the values.</param>
/// <param name="allowed">What is allowed, in words.</param>
/// <param name="namePattern">What names look like; null for any that are not blank.</param>
/// <param name="nameAllowed">What names look like, in words.</param>
/// <param name="mayBeNull">Whether a value may be left empty and then means something.</param>
internal sealed class NamedShape(Shape value, string allowed, string? namePattern, string nameAllowed, bool mayBeNull = false) : Shape
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    internal override string Allowed => allowed;

    internal override bool IsKind(YamlNode node) => node is YamlMap;

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        var map = (YamlMap)node;
        if (map.Entries.Count == 0)
            mistakes.Add(node.Place, path, $"needs {Allowed}, found an empty mapping.");
        foreach (var entry in map.Entries)
        {
            // The rest of a range that braces have cut at its comma; the cut is reported where it begins.
            if (map.IsFlow && entry.Value is YamlScalar { IsNull: true } && entry.Name.EndsWith(')'))
                continue;
            var place = Paths.Key(path, entry.Name);
            if (!IsName(entry.Name))
                mistakes.Add(entry.Key.Place, place, $"the name must be {nameAllowed}, found '{YamlScalar.Shorten(entry.Name)}'.");
            if (entry.Value is not YamlScalar { IsNull: true })
                value.Check(entry.Value, place, mistakes);
            else if (!mayBeNull)
                mistakes.Add(entry.Key.Place, place, $"needs {value.Allowed}, found nothing.");
        }
    }

    internal override JsonObject ToSchema()
    {
        var inside = value.ToSchema();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["additionalProperties"] = mayBeNull
                ? new JsonObject { ["anyOf"] = new JsonArray(inside, new JsonObject { ["type"] = "null" }) } : inside,
        };
        if (namePattern is not null)
            schema["propertyNames"] = new JsonObject { ["pattern"] = SchemaPattern.Of(namePattern) };
        return schema;
    }

    private bool IsName(string name) => !string.IsNullOrWhiteSpace(name)
        && (namePattern is null
            || Regex.IsMatch(name, namePattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout));
}
