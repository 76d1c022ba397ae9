namespace Attune.StudyFiles.Yaml;

/// <summary>A text that is not YAML, or more YAML than a study file needs; nothing after its place can be read.</summary>
internal sealed class YamlTextException(YamlPlace place, string message) : Exception(message)
{
    internal YamlPlace Place { get; } = place;
}
