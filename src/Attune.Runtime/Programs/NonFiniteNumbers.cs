using System.Text;

namespace Attune.Programs;

/// <summary>NaN and the infinities as programs write them, which JSON has no numbers for.</summary>
internal static class NonFiniteNumbers
{
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        var sign = 1.0;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            sign = text[0] == '-' ? -1 : 1;
            text = text[1..];
        }

        var isNaN = text.Equals("nan", StringComparison.OrdinalIgnoreCase);
        var isInfinite = text.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || text.Equals("infinity", StringComparison.OrdinalIgnoreCase);
        number = isInfinite ? sign * double.PositiveInfinity : double.NaN;
        return isNaN || isInfinite;
    }

    /// <summary>Puts bare words like <c>NaN</c> and <c>-Infinity</c>, which many JSON writers print, in quotes.</summary>
    public static string Quote(ReadOnlySpan<char> json)
    {
        var quoted = new StringBuilder(json.Length + 8);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (inString)
            {
                quoted.Append(c);
                if (c == '\\' && i + 1 < json.Length)
                    quoted.Append(json[++i]);
                else if (c == '"')
                    inString = false;
                continue;
            }

            var length = WordLength(json[i..]);
            if (length > 0)
            {
                var word = json.Slice(i, length);
                var isNonFinite = TryParse(word, out _);
                quoted.Append(isNonFinite ? "\"" : "").Append(word).Append(isNonFinite ? "\"" : "");
                i += length - 1;
                continue;
            }

            inString = c == '"';
            quoted.Append(c);
        }

        return quoted.ToString();
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = text[0] is '+' or '-' ? 1 : 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '.'))
            length++;
        return length;
    }
}
