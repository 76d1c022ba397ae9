using Attune.Cli.Json;
using Attune.Execution;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>How a run ended.</summary>
/// <param name="Study">The name of the study.</param>
/// <param name="Store">The file that holds it.</param>
/// <param name="History">The study at the end.</param>
/// <param name="Reason">Why nothing more was started; none when it was interrupted.</param>
/// <param name="IsInterrupted">Whether it was interrupted.</param>
/// <param name="Final">What the final command gave; null when none ran.</param>
internal sealed record RunEnd(string Study, string Store, History History, StopReason Reason, bool IsInterrupted, ProgramResult? Final)
{
    /// <summary>Whether the study has a result, and nothing went wrong at the end.</summary>
    internal bool IsSuccess => History.Front.Count > 0 && Reason != StopReason.ConsecutiveFailures && Final?.IsSuccess != false;

    internal RunEndJson ToJson() => new(
        "ended", StudyJson.Of(Study, Store, History, Reason), IsInterrupted, Final is { IsSuccess: true } final
            ? NumbersJson.Object(final.Metrics) : null);
}
