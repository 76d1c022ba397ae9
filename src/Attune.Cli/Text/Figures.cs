using System.Globalization;
using Attune.Internal;

namespace Attune.Cli.Text;

/// <summary>Numbers and times as people read them, the same in every culture.</summary>
internal static class Figures
{
    /// <summary>Six significant digits.</summary>
    internal static string Short(double value) => NumberText.Short(value);

    /// <summary>Six significant digits, and nothing for a missing number.</summary>
    internal static string Short(double? value) => value is { } number ? Short(number) : "";

    /// <summary>As many digits as give the same number when read.</summary>
    internal static string Exact(double value) => NumberText.Exact(value);

    internal static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of things in words, such as <c>1 trial</c> or <c>3 trials</c>.</summary>
    internal static string Count(long number, string thing) => $"{Count(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>A time span with two units at most, such as <c>0.4s</c>, <c>1m 05s</c>, <c>2h 03m</c>.</summary>
    internal static string Duration(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            span = TimeSpan.Zero;
        var culture = CultureInfo.InvariantCulture;
        return span switch
        {
            { TotalSeconds: < 9.95 } => string.Create(culture, $"{span.TotalSeconds:0.0}s"),
            { TotalSeconds: < 59.5 } => string.Create(culture, $"{span.TotalSeconds:0}s"),
            { TotalMinutes: < 60 } => string.Create(culture, $"{(int)span.TotalMinutes}m {span.Seconds:00}s"),
            { TotalHours: < 24 } => string.Create(culture, $"{(int)span.TotalHours}h {span.Minutes:00}m"),
            _ => string.Create(culture, $"{(int)span.TotalDays}d {span.Hours:00}h"),
        };
    }

    internal static string Duration(TimeSpan? span) => span is { } length ? Duration(length) : "";

    /// <summary>A moment to the second, in UTC.</summary>
    internal static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
