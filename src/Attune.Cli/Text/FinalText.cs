using Attune.Events;

namespace Attune.Cli.Text;

/// <summary>What a final evaluation gave, for a person.</summary>
internal static class FinalText
{
    /// <summary>The metrics, or what happened instead, in one line.</summary>
    internal static string Of(FinalEvaluated final)
    {
        if (final.Failure is { } failure)
            return $"failed: {failure.Reason}";
        return final.Metrics.Count == 0
            ? "nothing was reported"
            : string.Join(", ", final.Metrics.Select(pair => $"{pair.Key} {Figures.Short(pair.Value)}"));
    }
}
