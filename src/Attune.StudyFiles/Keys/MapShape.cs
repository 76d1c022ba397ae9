using System.Text.Json.Nodes;
using Attune.Internal;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A mapping with known keys.</summary>
internal sealed class MapShape(string allowed, params IReadOnlyList<Key> keys) : Shape
{
    /// <summary>The most keys that are listed beside a suggestion.</summary>
    private const int ShortListing = 12;

    internal IReadOnlyList<Key> Keys { get; } = keys;

    internal override string Allowed => allowed;

    internal override bool IsKind(YamlNode node) => node is YamlMap;

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        var map = (YamlMap)node;
        foreach (var entry in map.Entries)
        {
            if (Keys.FirstOrDefault(key => key.Name == entry.Name) is not { } known)
                ReportUnknown(map, entry, path, mistakes);
            else if (entry.Value is not YamlScalar { IsNull: true })
                known.Shape.Check(entry.Value, Paths.Key(path, known.Name), mistakes);
        }

        foreach (var key in Keys
            .Where(key => key.IsRequired && map.Find(key.Name) is null && !mistakes.IsSupposed(Paths.Key(path, key.Name))))
        {
            var place = map.Entries.FirstOrDefault(entry => entry.Name == key.Name)?.Key.Place ?? map.Place;
            mistakes.Add(place, Paths.Key(path, key.Name), $"is missing; it needs {key.Shape.Allowed}.");
        }
    }

    internal override JsonObject ToSchema()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
        {
            var schema = key.Shape.ToSchema();
            var byDefault = key.Default is null ? "" : $" Default: {key.Default}.";
            schema["description"] = key.Description + byDefault;
            properties[key.Name] = schema;
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (Keys.Any(key => key.IsRequired))
            result["required"] = new JsonArray([.. Keys.Where(key => key.IsRequired).Select(key => JsonValue.Create(key.Name))]);
        return result;
    }

    private void ReportUnknown(YamlMap map, YamlEntry entry, string path, MistakeList mistakes)
    {
        var place = Paths.Key(path, entry.Name);
        if (map.IsFlow && entry is { Key.IsPlain: true, Value: YamlScalar { IsNull: true } } && entry.Key.AsNumber() is not null)
        {
            mistakes.Add(entry.Key.Place, path,
                $"'{entry.Name}' stands alone after a comma, which separates keys in braces; decimals are written with a point.");
            return;
        }

        var free = Keys.Select(key => key.Name).Where(name => map.Entries.All(other => other.Name != name));
        if (entry.Name == "<<")
        {
            mistakes.Add(entry.Key.Place, place, "merge keys are not part of YAML 1.2; write the keys out.");
            return;
        }

        var suggestion = NearNames.Nearest(entry.Name, free);
        if (suggestion is not null)
            mistakes.Suppose(Paths.Key(path, suggestion));
        var known = suggestion is not null && Keys.Count > ShortListing ? ""
            : $"; there are {string.Join(", ", Keys.Select(key => key.Name))}";
        mistakes.Add(entry.Key.Place, place, $"is not a key here{known}.", suggestion);
    }
}
