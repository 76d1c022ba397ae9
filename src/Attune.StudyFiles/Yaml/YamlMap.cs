namespace Attune.StudyFiles.Yaml;

/// <summary>A mapping of different keys to values, in the order of the file.</summary>
internal sealed class YamlMap(YamlPlace place, IReadOnlyList<YamlEntry> entries, bool isFlow) : YamlNode(place)
{
    internal IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>Whether it is written in braces.</summary>
    internal bool IsFlow { get; } = isFlow;

    internal override long Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    internal override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    /// <summary>The entry with a key; null when there is none, or when its value is left empty, which is the same.</summary>
    internal YamlEntry? Find(string key)
    {
        var entry = Entries.FirstOrDefault(entry => string.Equals(entry.Name, key, StringComparison.Ordinal));
        return entry?.Value is YamlScalar { IsNull: true } ? null : entry;
    }

    /// <summary>The value of a key; null as for <see cref="Find"/>.</summary>
    internal YamlNode? this[string key] => Find(key)?.Value;
}
