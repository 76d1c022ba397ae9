using System.Globalization;

namespace Attune.StudyFiles.Tests;

/// <summary>Runs something under a culture; one of them writes decimals with a comma.</summary>
internal static class Cultures
{
    internal static string[] All { get; } = ["en-US", "de-DE"];

    internal static T Under<T>(string culture, Func<T> run)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
