using Attune.Events;
using Attune.Histories;
using Attune.Serialization;
using Attune.Sqlite;

namespace Attune.Cli.Json;

/// <summary>A trial as <c>--json</c> prints it. Every member is always there; what is missing is null.</summary>
/// <param name="Number">The number, from 0.</param>
/// <param name="State">running, paused, completed, stopped, failed or lost.</param>
/// <param name="Configuration">The active parameters with their values.</param>
/// <param name="Values">The objective values in their own directions, by metric; null while one is missing.</param>
/// <param name="Metrics">The last value of every metric that was reported.</param>
/// <param name="Feasible">Whether it has all values and keeps every outcome constraint.</param>
/// <param name="Origin">sampler, enqueued, imported or parent.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="WillRetry">Whether it runs again.</param>
/// <param name="Worker">Who has it, or had it last.</param>
/// <param name="Resource">The resource of the last measurement.</param>
/// <param name="Failure">Why it failed or was lost last.</param>
/// <param name="Checkpoint">Where it left what it needs to go on.</param>
/// <param name="Annotation">What the sampler left with its proposal.</param>
/// <param name="Final">What its final evaluation measured, which the search never saw; null without one.</param>
/// <param name="Times">When it was reserved, started and finished.</param>
internal sealed record TrialJson(
    int Number, string State, RawJson? Configuration, RawJson? Values, RawJson Metrics, bool Feasible, string Origin, int Attempts,
        bool WillRetry,
    string? Worker, double? Resource, FailureJson? Failure, string? Checkpoint, RawJson? Annotation, RawJson? Final, TimesJson Times)
{
    /// <summary>Why it was proposed; only <c>show</c> of the trial says so, elsewhere it is null.</summary>
    public ExplanationJson? Explanation { get; init; }

    /// <summary>The trial whose configuration to take, which may be another one; only <c>best</c> says so, elsewhere it is null.</summary>
    public RecommendedJson? Recommended { get; init; }

    internal static TrialJson Of(TrialRow row, FinalEvaluated? final) => new(
        row.Number, JsonNames.Of(row.State), RawJson.Of(row.Configuration), RawJson.Of(row.Values), new(row.Metrics), row.IsFeasible,
        JsonNames.Of(row.Origin), row.Attempt, row.WillRetry, row.Worker, row.Resource, FailureJson.Of(row.Failure), row.Checkpoint,
        RawJson.Of(row.Annotation), FinalMetrics(final), TimesJson.Of(row.ReservedAt, row.StartedAt, row.FinishedAt));

    internal static TrialJson Of(Trial trial, History history)
    {
        var problem = history.Problem;
        var values = trial.Values(problem);
        return new(
            trial.Number, JsonNames.Of(trial.State),
                RawJson.Of(trial.Configuration is { } configuration ? ConfigurationJson.ToText(configuration) : null),
            values.IsEmpty ? null : NumbersJson.Object(
                problem.Objectives.Select((objective, i) => KeyValuePair.Create(objective.Metric, values[i]))),
            NumbersJson.Object(LastMetrics.Of(trial)), trial.IsFeasible, JsonNames.Of(trial.Origin), trial.Attempt, trial.WillRetry,
                trial.Worker,
            trial.Resource, FailureJson.Of(trial.Failure), trial.Checkpoint, RawJson.Of(trial.Annotation),
            FinalMetrics(history.Finals.GetValueOrDefault(trial.Number)),
            TimesJson.Of(trial.ReservedAt, trial.StartedAt, trial.FinishedAt));
    }

    private static RawJson? FinalMetrics(FinalEvaluated? final) => final is { Failure: null } ? NumbersJson.Object(final.Metrics) : null;
}

/// <summary>Why a trial failed or was lost.</summary>
/// <param name="Kind">In which way, such as <c>exit-code</c>.</param>
/// <param name="Reason">What happened.</param>
internal sealed record FailureJson(string Kind, string Reason)
{
    internal static FailureJson? Of(Failure? failure) => failure is null ? null : new(JsonNames.Of(failure.Kind), failure.Reason);
}

/// <summary>Moments in UTC (ISO 8601).</summary>
/// <param name="Reserved">When its number was given.</param>
/// <param name="Started">When it was begun last.</param>
/// <param name="Finished">When it ended.</param>
/// <param name="Seconds">From the last beginning to the end.</param>
internal sealed record TimesJson(DateTime Reserved, DateTime? Started, DateTime? Finished, double? Seconds)
{
    internal static TimesJson Of(DateTimeOffset reserved, DateTimeOffset? started, DateTimeOffset? finished) =>
        new(reserved.UtcDateTime, started?.UtcDateTime, finished?.UtcDateTime, (finished - started)?.TotalSeconds);
}
