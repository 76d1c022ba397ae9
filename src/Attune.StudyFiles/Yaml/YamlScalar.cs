using System.Globalization;
using System.Text.RegularExpressions;

namespace Attune.StudyFiles.Yaml;

/// <summary>
/// A single value. What is not quoted is read by the core schema of YAML 1.2: <c>1e-5</c> is a number, <c>true</c> a truth value,
/// <c>yes</c> and <c>1:30</c> are texts; what is quoted is always a text.
/// </summary>
internal sealed partial class YamlScalar(YamlPlace place, string text, bool isPlain, YamlSpan span) : YamlNode(place)
{
    /// <summary>The text without quotes, escapes and folded line ends.</summary>
    internal string Text { get; } = text;

    /// <summary>Whether it is not quoted and so may be something else than a text.</summary>
    internal bool IsPlain { get; } = isPlain;

    /// <summary>Where in the file its characters stand, quotes included.</summary>
    internal YamlSpan Span { get; } = span;

    internal override long Size => 1;

    internal override int Height => 1;

    internal bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    internal bool? AsBoolean() => !IsPlain ? null : Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The number, infinite or NaN ones included; null when it is not one.</summary>
    internal double? AsNumber()
    {
        if (!IsPlain)
            return null;
        if (AsWhole() is { } whole)
            return (double)whole;
        return Text switch
        {
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            _ => Number().IsMatch(Text) ? double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>The whole number that is written without a point or an exponent; null when it is not one or beyond 64 bits.</summary>
    internal decimal? AsWhole()
    {
        if (!IsPlain || !Whole().IsMatch(Text))
            return null;
        var isNamed = Text.StartsWith("0x", StringComparison.Ordinal) || Text.StartsWith("0o", StringComparison.Ordinal);
        if (!isNamed)
            return decimal.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits) ? digits : null;
        if (Text.Length > 18)
            return null;
        return Convert.ToUInt64(Text[2..], Text[1] == 'x' ? 16 : 8);
    }

    /// <summary>Whether it would be a number or a truth value without its quotes.</summary>
    private bool IsDisguised => !IsPlain && new YamlScalar(Place, Text, isPlain: true, Span) is var bare
        && (bare.AsNumber() is not null || bare.AsBoolean() is not null);

    /// <summary>What it is, in words, for messages.</summary>
    internal string Describe() => IsNull ? "nothing"
        : AsBoolean() is not null || AsNumber() is not null ? Shorten(Text)
        : IsDisguised ? $"the text '{Shorten(Text)}' (its quotes make it a text)"
        : $"the text '{Shorten(Text)}'";

    internal static string Shorten(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= 60 ? line : $"{line.AsSpan(0, 60)}…";
    }

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
