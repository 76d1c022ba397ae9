using Attune.Cli.Json;
using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>How a run ended.</summary>
/// <param name="Study">The name of the study.</param>
/// <param name="Store">The file that holds it.</param>
/// <param name="History">The study at the end.</param>
/// <param name="Reason">Why nothing more was started; none when it was interrupted.</param>
/// <param name="IsInterrupted">Whether it was interrupted.</param>
/// <param name="Finals">What the final command gave for the best trial, or for those on the front; empty when none ran.</param>
internal sealed record RunEnd(string Study, string Store, History History, StopReason Reason, bool IsInterrupted,
    IReadOnlyList<FinalEvaluated> Finals)
{
    /// <summary>Whether the study has a result, and nothing went wrong at the end.</summary>
    internal bool IsSuccess => History.Front.Count > 0 && Reason != StopReason.ConsecutiveFailures
        && Finals.All(final => final.Failure is null);

    internal RunEndJson ToJson() => new(
        "ended", StudyJson.Of(Study, Store, History, Reason), IsInterrupted,
        History.Best is not null && Finals is [{ Failure: null } final] ? NumbersJson.Object(final.Metrics) : null,
        [.. Finals.Select(FinalJson.Of)]);
}
