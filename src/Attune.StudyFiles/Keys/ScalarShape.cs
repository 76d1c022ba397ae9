using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A single value.</summary>
internal abstract class ScalarShape : Shape
{
    internal sealed override bool IsKind(YamlNode node) => node is YamlScalar;

    /// <summary>Whether a value is allowed.</summary>
    internal abstract bool Accepts(YamlScalar scalar);

    /// <summary>What may have been meant, for a value that is not allowed.</summary>
    internal virtual string? Suggest(YamlScalar scalar) => null;

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        var scalar = (YamlScalar)node;
        if (!Accepts(scalar))
            mistakes.Add(scalar.Place, path, $"needs {Allowed}, found {scalar.Describe()}.", Suggest(scalar));
    }
}
