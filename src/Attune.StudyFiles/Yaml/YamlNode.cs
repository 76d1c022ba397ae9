namespace Attune.StudyFiles.Yaml;

/// <summary>A value of a YAML document with its place. Aliases share the node of their anchor.</summary>
internal abstract class YamlNode(YamlPlace place)
{
    internal YamlPlace Place { get; } = place;

    /// <summary>How many nodes it stands for when every alias is written out.</summary>
    internal abstract long Size { get; }

    /// <summary>How many levels are below it, itself included.</summary>
    internal abstract int Height { get; }
}
