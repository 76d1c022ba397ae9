using Attune.Histories;

namespace Attune;

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why nothing more was started; none when the caller cancelled.</param>
/// <param name="History">The study at the end.</param>
public sealed record RunSummary(StopReason Reason, History History)
{
    /// <summary>The best trial of a single-objective problem; null when none completed.</summary>
    public Trial? Best => History.Best;
}
