namespace Attune.Cli.Json;

/// <summary>A line of <c>run --json</c> about a trial.</summary>
/// <param name="Event">started, measured, paused or finished.</param>
/// <param name="Trial">The trial as it stands.</param>
internal sealed record RunTrialJson(string Event, TrialJson Trial);

/// <summary>The last line of <c>run --json</c>.</summary>
/// <param name="Event">Always ended.</param>
/// <param name="Study">The study as it stands.</param>
/// <param name="Interrupted">Whether it was interrupted; it goes on when it is run again.</param>
/// <param name="Final">The metrics of the final command; null when none ran or it failed.</param>
internal sealed record RunEndJson(string Event, StudyJson Study, bool Interrupted, RawJson? Final);
