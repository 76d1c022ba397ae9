using System.Text.Json.Nodes;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>One of several shapes; a value of one kind is held against the shapes of that kind.</summary>
internal sealed class AnyShape(params IReadOnlyList<Shape> shapes) : Shape
{
    internal override string Allowed => string.Join(", or ", shapes.Select(shape => shape.Allowed));

    internal override bool IsKind(YamlNode node) => shapes.Any(shape => shape.IsKind(node));

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        var candidates = shapes.Where(shape => shape.IsKind(node)).ToArray();
        if (candidates is [not ScalarShape])
        {
            candidates[0].CheckInside(node, path, mistakes);
            return;
        }

        var scalar = (YamlScalar)node;
        if (!candidates.Cast<ScalarShape>().Any(shape => shape.Accepts(scalar)))
        {
            var suggestion = candidates.Cast<ScalarShape>().Select(shape => shape.Suggest(scalar)).FirstOrDefault(text => text is not null);
            mistakes.Add(node.Place, path, $"needs {Allowed}, found {scalar.Describe()}.", suggestion);
        }
    }

    internal override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. shapes.Select(shape => shape.ToSchema())]) };
}
