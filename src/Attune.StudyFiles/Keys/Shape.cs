using System.Text.Json.Nodes;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>What a value of the study file may look like. The same shapes check the file and make the schema for editors.</summary>
internal abstract class Shape
{
    /// <summary>What is allowed, in words that end the sentence "needs …".</summary>
    internal abstract string Allowed { get; }

    /// <summary>Whether a node is of the right kind (value, list, mapping), so that its inside is worth a look.</summary>
    internal abstract bool IsKind(YamlNode node);

    /// <summary>Reports everything about a node of the right kind that the shape alone can tell.</summary>
    internal abstract void CheckInside(YamlNode node, string path, MistakeList mistakes);

    /// <summary>The shape as JSON schema.</summary>
    internal abstract JsonObject ToSchema();

    /// <summary>Reports everything that the shape alone can tell.</summary>
    internal void Check(YamlNode node, string path, MistakeList mistakes)
    {
        if (IsKind(node))
            CheckInside(node, path, mistakes);
        else
            mistakes.Add(node.Place, path, $"needs {Allowed}, found {Describe(node)}.");
    }

    internal static string Describe(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Describe(),
        YamlMap { IsFlow: true, Entries: [{ Value: YamlScalar { IsNull: true } } entry] } =>
            $"the mapping {{{YamlScalar.Shorten(entry.Name)}}} "
            + $"(a placeholder must stand in quotes here: \"{{{YamlScalar.Shorten(entry.Name)}}}\")",
        YamlMap => "a mapping",
        _ => "a list",
    };
}
