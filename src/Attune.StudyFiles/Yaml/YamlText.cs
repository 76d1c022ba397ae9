using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Attune.StudyFiles.Yaml;

/// <summary>Writes texts so that they read back as the same texts.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text as a scalar: plain where that is safe everywhere, else in double quotes.</summary>
    internal static string Scalar(string text) => Plain().IsMatch(text)
        && !new YamlScalar(YamlPlace.Start, text, isPlain: true, default).IsOther() ? text : Quoted(text);

    /// <summary>A text as a value of a key in block style, where more may stay plain, such as most commands.</summary>
    internal static string BlockScalar(string text) =>
        PlainBlock().IsMatch(text) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            && text[^1] is not (':' or ' ')
        && !new YamlScalar(YamlPlace.Start, text, isPlain: true, default).IsOther() ? text : Quoted(text);

    internal static string Value(ParameterValue value) => value.Kind == ParameterValue.ValueKind.Text ? Scalar(value.AsText())
        : Number(value);

    // A whole real number is written with a point, so that it reads back as a real number.
    private static string Number(ParameterValue value) =>
        value.Kind == ParameterValue.ValueKind.Real && value.ToString() is var text && text
            .All(letter => char.IsAsciiDigit(letter) || letter == '-') ? $"{text}.0" : value.ToString();

    // JSON texts are YAML texts, but for the characters beyond the basic plane, which JSON may escape as pairs; these stay as they are.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    private static bool IsOther(this YamlScalar scalar) => scalar.IsNull || scalar.AsBoolean() is not null || scalar.AsNumber() is not null;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z_./][\x20-\x7E]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainBlock();
}
