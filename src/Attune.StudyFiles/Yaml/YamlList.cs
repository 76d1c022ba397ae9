namespace Attune.StudyFiles.Yaml;

/// <summary>A list of values.</summary>
internal sealed class YamlList(YamlPlace place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    internal IReadOnlyList<YamlNode> Items { get; } = items;

    internal override long Size { get; } = 1 + items.Sum(item => item.Size);

    internal override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();
}
