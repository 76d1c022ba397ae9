using Attune.Events;

namespace Attune.Cli.Json;

/// <summary>A line of <c>run --json</c> about a trial.</summary>
/// <param name="Event">started, measured, paused or finished.</param>
/// <param name="Trial">The trial as it stands.</param>
internal sealed record RunTrialJson(string Event, TrialJson Trial);

/// <summary>The last line of <c>run --json</c>.</summary>
/// <param name="Event">Always ended.</param>
/// <param name="Study">The study as it stands.</param>
/// <param name="Interrupted">Whether it was interrupted; it goes on when it is run again.</param>
/// <param name="Final">The metrics of the final command for the best trial of one objective; null when there are none.</param>
/// <param name="Finals">What the final command gave for each trial that it evaluated.</param>
internal sealed record RunEndJson(string Event, StudyJson Study, bool Interrupted, RawJson? Final, IReadOnlyList<FinalJson> Finals);

/// <summary>What the final command gave for a trial.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Metrics">The metrics; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
internal sealed record FinalJson(int Trial, RawJson? Metrics, FailureJson? Failure)
{
    internal static FinalJson Of(FinalEvaluated final) =>
        new(final.Trial, final.Failure is null ? NumbersJson.Object(final.Metrics) : null, FailureJson.Of(final.Failure));
}
