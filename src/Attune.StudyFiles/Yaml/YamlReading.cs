using Attune.StudyFiles.Reading;

namespace Attune.StudyFiles.Yaml;

/// <summary>Typed looks at nodes. What is of another kind gives null: its shape has reported it already.</summary>
internal static class YamlReading
{
    /// <summary>The largest size of an integer that a double holds exactly.</summary>
    private const double LargestExact = 9007199254740992;

    internal static string? Text(this YamlNode? node) => node is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    internal static bool? Flag(this YamlNode? node) => (node as YamlScalar)?.AsBoolean();

    internal static TimeSpan? Time(this YamlNode? node) => node is YamlScalar scalar ? TimeSpans.Parse(scalar.Text) : null;

    internal static double? Number(this YamlNode? node) => (node as YamlScalar)?.AsNumber() is { } number && double.IsFinite(number)
        ? number : null;

    /// <summary>A whole number, also when it is written as <c>1e6</c> or <c>3.0</c>.</summary>
    internal static decimal? Whole(this YamlNode? node)
    {
        if (node is not YamlScalar scalar)
            return null;
        return scalar.AsWhole()
            ?? (scalar.AsNumber() is { } number && number == Math.Floor(number) && Math.Abs(number) <= LargestExact ? (decimal)number
                : null);
    }

    /// <summary>A value that a parameter can have; null for nothing, for infinities and for integers beyond 2^53.</summary>
    internal static ParameterValue? Value(this YamlNode? node)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
            return null;
        if (scalar.AsBoolean() is { } flag)
            return flag;
        if (scalar.AsWhole() is { } whole)
            return Math.Abs(whole) <= (decimal)LargestExact ? (long)whole : null;
        if (scalar.AsNumber() is { } number)
            return double.IsFinite(number) ? number : null;
        return scalar.Text;
    }

    internal static IReadOnlyList<YamlNode> Items(this YamlNode? node) => node is YamlList list ? list.Items : [];

    internal static IReadOnlyList<YamlEntry> Entries(this YamlNode? node) => node is YamlMap map ? map.Entries : [];
}
