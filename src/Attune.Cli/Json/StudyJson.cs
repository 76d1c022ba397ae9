using Attune.Histories;
using Attune.Serialization;

namespace Attune.Cli.Json;

/// <summary>A study in a list.</summary>
/// <param name="Name">The name.</param>
/// <param name="Trials">How many trials are in each state.</param>
/// <param name="Best">The value of the best trial, for one objective.</param>
/// <param name="Objectives">What is optimised.</param>
/// <param name="Created">When it was created (UTC).</param>
/// <param name="Updated">When something happened last (UTC).</param>
/// <param name="Store">The file that holds it.</param>
internal sealed record StudyItemJson(
    string Name, TrialCountsJson Trials, double? Best, IReadOnlyList<ObjectiveJson> Objectives, DateTime Created, DateTime Updated,
        string Store);

/// <summary>A study in full, without its trials.</summary>
/// <param name="Name">The name.</param>
/// <param name="Store">The file that holds it.</param>
/// <param name="Objectives">What is optimised.</param>
/// <param name="Space">The search space, as the journal has it.</param>
/// <param name="Sampler">What proposes.</param>
/// <param name="Scheduler">What decides how much resource a trial gets.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Budget">When the study ends; a limit that is null does not end it.</param>
/// <param name="Trials">How many trials are in each state.</param>
/// <param name="Queued">How many configurations wait to be tried.</param>
/// <param name="Ended">Why it starts nothing new; <c>none</c> while it does.</param>
/// <param name="Best">The best trial, for one objective; null while there is none.</param>
/// <param name="Front">Trials that no other dominates.</param>
/// <param name="AliveSeconds">For how long a worker was alive.</param>
/// <param name="Created">When it was created (UTC).</param>
/// <param name="Updated">When something happened last (UTC).</param>
internal sealed record StudyJson(
    string Name, string Store, IReadOnlyList<ObjectiveJson> Objectives, RawJson Space, MethodJson Sampler, MethodJson Scheduler, ulong Seed,
        BudgetJson Budget,
    TrialCountsJson Trials, int Queued, string Ended, TrialJson? Best, IReadOnlyList<int> Front, double AliveSeconds, DateTime Created,
        DateTime Updated)
{
    /// <summary>What the model recommended at the end of the last run; null where it did not, or trials have finished since.</summary>
    public RecommendedJson? Recommended { get; init; }

    internal static StudyJson Of(string name, string store, History history, StopReason ended) => new(
        name, store, ObjectiveJson.Of(history.Problem), new(SpaceJson.ToText(history.Problem.Space)),
            MethodJson.Of(history.Definition.Sampler),
        MethodJson.Of(history.Definition.Scheduler), history.Seed, BudgetJson.Of(history.Budget), TrialCountsJson.Of(history.CountOf),
            history.Queue.Count,
        JsonNames.Of(ended), history.Best is { } best ? TrialJson.Of(best, history)
            : null, history.Front, history.Alive.TotalSeconds,
        history.CreatedAt.UtcDateTime, history.UpdatedAt.UtcDateTime)
    {
        Recommended = history.IsRecommendationCurrent ? RecommendedJson.Of(history.Recommendation) : null,
    };
}

/// <summary>An objective.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Direction">minimize or maximize.</param>
/// <param name="Target">The value at which the study is content.</param>
internal sealed record ObjectiveJson(string Metric, string Direction, double? Target)
{
    internal static IReadOnlyList<ObjectiveJson> Of(Problem problem) =>
        [.. problem.Objectives.Select(objective =>
            new ObjectiveJson(objective.Metric, JsonNames.Of(objective.Direction), objective.Target))];
}

/// <summary>A sampler or scheduler.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version.</param>
/// <param name="Options">Options that differ from the defaults.</param>
internal sealed record MethodJson(string Name, int Version, RawJson Options)
{
    internal static MethodJson Of(MethodDescriptor method) => new(method.Name, method.Version, new(method.Options));
}

/// <summary>A budget.</summary>
/// <param name="Trials">How many trials.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Resource">How much resource.</param>
/// <param name="Cost">How much cost.</param>
/// <param name="ConsecutiveFailures">How many failures in a row.</param>
/// <param name="TrialsWithoutImprovement">How many trials without improvement.</param>
internal sealed record BudgetJson(int? Trials, double? Seconds, double? Resource, double? Cost, int? ConsecutiveFailures,
    int? TrialsWithoutImprovement)
{
    internal static BudgetJson Of(Budget budget) => new(
        budget.Trials, budget.WallClock?.TotalSeconds, budget.Resource, budget.Cost, budget.ConsecutiveFailures,
            budget.TrialsWithoutImprovement);
}

/// <summary>How many trials are in each state.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Running">Running.</param>
/// <param name="Paused">Paused.</param>
/// <param name="Completed">Completed.</param>
/// <param name="Stopped">Stopped.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Lost">Lost.</param>
internal sealed record TrialCountsJson(int Total, int Running, int Paused, int Completed, int Stopped, int Failed, int Lost)
{
    internal static TrialCountsJson Of(Func<TrialState, int> count)
    {
        var counts = (Running: count(TrialState.Running), Paused: count(TrialState.Paused), Completed: count(TrialState.Completed),
            Stopped: count(TrialState.Stopped), Failed: count(TrialState.Failed), Lost: count(TrialState.Lost));
        var total = counts.Running + counts.Paused + counts.Completed + counts.Stopped + counts.Failed + counts.Lost;
        return new(total, counts.Running, counts.Paused, counts.Completed, counts.Stopped, counts.Failed, counts.Lost);
    }
}
