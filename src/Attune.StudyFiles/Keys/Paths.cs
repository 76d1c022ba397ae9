using System.Globalization;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>The keys that lead to a place of the file, as messages show them.</summary>
internal static class Paths
{
    internal static string Key(string path, string key) => path.Length == 0 ? YamlScalar.Shorten(key) : $"{path}.{YamlScalar.Shorten(key)}";

    internal static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
