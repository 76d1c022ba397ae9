namespace Attune.StudyFiles.Yaml;

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    internal string Name => Key.Text;
}
