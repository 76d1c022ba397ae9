using System.Globalization;
using System.Text.RegularExpressions;

namespace Attune.StudyFiles.Reading;

/// <summary>Time spans as people write them: <c>90s</c>, <c>1h30m</c>, <c>1.5h</c>, <c>250ms</c>, <c>2d</c>.</summary>
public static partial class TimeSpans
{
    /// <summary>What is allowed, in words.</summary>
    public const string Allowed = "a time span above 0 with units, such as 90s, 3m, 1h30m or 2d";

    internal const string Pattern = "^ *([0-9]+(\\.[0-9]+)?(ms|s|m|h|d) *)+$";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads a time span.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The time span; null when the text is none, or not above zero, or beyond ten years.</returns>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 100 || Whole().Match(text) is not { Success: true } match)
            return null;
        var seconds = match.Groups["part"].Captures.Sum(part => Seconds(part.Value.Trim()));
        return seconds > 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Writes a time span so that <see cref="Parse"/> reads it back equal, to the millisecond.</summary>
    /// <param name="span">A time span of at least a millisecond.</param>
    public static string Format(TimeSpan span)
    {
        var parts = new (long Amount, string Unit)[]
        {
            (span.Days, "d"), (span.Hours, "h"), (span.Minutes, "m"), (span.Seconds, "s"), (span.Milliseconds, "ms"),
        };
        var text = string.Concat(parts.Where(part => part.Amount > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Amount}{part.Unit}")));
        return text.Length == 0 ? "0s" : text;
    }

    private static double Seconds(string part)
    {
        var unit = part.AsSpan().TrimStart("0123456789.");
        var amount = double.Parse(part.AsSpan(0, part.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return amount * unit switch
        {
            "ms" => 0.001,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => 86400,
        };
    }

    [GeneratedRegex(@"^ *(?<part>[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d) *)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
