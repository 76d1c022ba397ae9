using System.Globalization;
using Attune.Events;

namespace Attune.Cli.Text;

/// <summary>What a model recommends, for a person.</summary>
internal static class RecommendedText
{
    /// <summary>One line; null where the best measured trial is all there is to say.</summary>
    /// <param name="made">The recommendation; null for none.</param>
    /// <param name="metric">The objective.</param>
    /// <param name="best">The number of the best measured trial.</param>
    internal static string? Of(Recommended? made, string metric, int best)
    {
        if (made is not { Mean: { } mean, Low: { } low, High: { } high, Level: { } level })
            return null;
        var which = made.Trial == best ? "this trial" : $"trial {Figures.Count(made.Trial)}";
        var share = (100 * level).ToString("0.#", CultureInfo.InvariantCulture);
        return Plain.Line($"recommended: {which}, {metric} {Figures.Short(mean)} without noise by the model "
            + $"({share} % between {Figures.Short(low)} and {Figures.Short(high)})");
    }
}
