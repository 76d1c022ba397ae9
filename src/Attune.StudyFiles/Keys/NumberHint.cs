using System.Globalization;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>The number that was meant by a decimal comma or inside quotes.</summary>
internal static class NumberHint
{
    internal static string? For(YamlScalar scalar)
    {
        var text = scalar.Text.Trim().Replace(',', '.');
        return scalar.AsNumber() is null && text != scalar.Text && text.Length <= 40 && text.Count(letter => letter == '.') <= 1
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? text : null;
    }
}
