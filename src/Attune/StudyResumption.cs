using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Serialization;

namespace Attune;

/// <summary>
/// What may differ between a stored study and the definition that it is run with again. Budget and sampler may change, and the space may
/// grow: each change is an event. Everything else is kept for life, for trials of both would not compare.
/// </summary>
public static class StudyResumption
{
    /// <summary>The settings that differ although a study keeps them for life.</summary>
    /// <param name="history">The study as it is stored.</param>
    /// <param name="wanted">What it is run with; its methods are canonical, as registries describe them.</param>
    public static IReadOnlyList<SettingDifference> Differences(History history, StudyDefinition wanted)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(wanted);
        var (problem, other, stored) = (history.Problem, wanted.Problem, history.Definition);
        var differences = new List<SettingDifference>();
        AddList("objectives", problem.Objectives, other.Objectives, SettingTexts.Of);
        AddList("constraints", problem.Constraints, other.Constraints, SettingTexts.Of);
        AddList("fidelity", problem.Fidelities, other.Fidelities, SettingTexts.Of);
        AddList("instances", problem.Instances, other.Instances, static instance => instance);
        Add("cost_metric", problem.CostMetric, other.CostMetric, static metric => metric ?? "none");
        Add("scheduler", stored.Scheduler, wanted.Scheduler, static scheduler => scheduler.ToString());
        Add("seed", stored.Seed, wanted.Seed, SettingTexts.Of);
        Add("retries", stored.Retries, wanted.Retries, SettingTexts.Of);
        return differences;

        void Add<T>(string setting, T before, T after, Func<T, string> text)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
                differences.Add(new(setting, text(before), text(after)));
        }

        void AddList<T>(string setting, ImmutableArray<T> before, ImmutableArray<T> after, Func<T, string> text)
        {
            if (!before.SequenceEqual(after))
                differences.Add(new(setting, SettingTexts.Of([.. before.Select(text)]), SettingTexts.Of([.. after.Select(text)])));
        }
    }

    /// <summary>Carries over what may change.</summary>
    /// <param name="study">The study.</param>
    /// <param name="wanted">What it is run with.</param>
    /// <param name="cancellationToken">Gives up; what was carried over before stays.</param>
    /// <returns>What was changed, for a person; nothing about the budget, which the study tells.</returns>
    /// <exception cref="ProblemException">A setting that the study keeps for life differs; the message names it with both
    /// values.</exception>
    /// <exception cref="SpaceException">The space did not only grow; nothing was changed.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        Study study, StudyDefinition wanted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var history = await study.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        if (Differences(history, wanted) is { Count: > 0 } differences)
        {
            throw new ProblemException(
                $"The study '{study.Name}' keeps for life what it began with, but {string.Join("; ", differences)}.");
        }

        var changes = new List<string>();
        if (SpaceJson.ToText(history.Problem.Space) != SpaceJson.ToText(wanted.Problem.Space))
            changes.Add(await ReviseAsync(study, history.Problem.Space, wanted.Problem.Space, cancellationToken).ConfigureAwait(false));
        await study.ChangeSamplerAsync(wanted.Sampler, cancellationToken).ConfigureAwait(false);
        await study.DeclareBudgetAsync(wanted.Budget, cancellationToken).ConfigureAwait(false);
        var after = await study.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        if (after.Sampler != history.Sampler)
            changes.Add($"the sampler is now {after.Sampler}; before it was {history.Sampler}");
        return changes;
    }

    private static async Task<string> ReviseAsync(Study study, SearchSpace before, SearchSpace after, CancellationToken cancellationToken)
    {
        var added = after.Parameters.Where(parameter => !before.Contains(parameter.Name))
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        await study.ReviseSpaceAsync(after, added, cancellationToken).ConfigureAwait(false);
        return added.Count == 0
            ? "the space has grown; earlier trials count in it"
            : $"the space has grown; earlier trials count with {string.Join(", ", added.Select(pair => $"{pair.Key}={pair.Value}"))}";
    }
}
