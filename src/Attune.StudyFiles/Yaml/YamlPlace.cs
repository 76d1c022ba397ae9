namespace Attune.StudyFiles.Yaml;

/// <summary>A place in a text; both numbers count from 1.</summary>
internal readonly record struct YamlPlace(int Line, int Column)
{
    internal static YamlPlace Start { get; } = new(1, 1);
}
