using System.Text.Json.Nodes;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape(Shape item, string allowed, int minimum = 1) : Shape
{
    internal override string Allowed => allowed;

    internal override bool IsKind(YamlNode node) => node is YamlList;

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        var items = ((YamlList)node).Items;
        if (items.Count < minimum)
            mistakes.Add(node.Place, path, $"needs {Allowed}, found an empty list.");
        for (var index = 0; index < items.Count; index++)
            item.Check(items[index], Paths.Item(path, index), mistakes);
    }

    internal override JsonObject ToSchema() => new() { ["type"] = "array", ["items"] = item.ToSchema(), ["minItems"] = minimum };
}
