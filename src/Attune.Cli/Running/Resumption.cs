using Attune.Cli.Errors;
using Attune.Histories;
using Attune.Serialization;
using Attune.StudyFiles;

namespace Attune.Cli.Running;

/// <summary>Brings a study that exists up to date with its file, or says what may not change.</summary>
internal static class Resumption
{
    /// <summary>Carries over what may change: budget, sampler, and a space that only grows.</summary>
    /// <returns>What was changed, for a person.</returns>
    /// <exception cref="CommandException">Something differs that a study keeps for life.</exception>
    internal static async Task<IReadOnlyList<string>> ApplyAsync(Study study, StudyFile file, Budget budget,
        CancellationToken cancellationToken)
    {
        var history = await study.SnapshotAsync(cancellationToken);
        if (Differences(history, file) is { Count: > 0 } differences)
        {
            throw CommandException.WrongInput(
                $"the study '{study.Name}' began with other {string.Join(", ", differences)} than the file has now; trials of both would "
                    + $"not compare",
                WayOut(study.Name));
        }

        var changes = new List<string>();
        if (SpaceJson.ToText(history.Problem.Space) != SpaceJson.ToText(file.Problem.Space))
            changes.Add(await ReviseAsync(study, history.Problem.Space, file.Problem.Space, cancellationToken));
        await study.ChangeSamplerAsync(file.Sampler, cancellationToken);
        await study.ChangeBudgetAsync(budget, cancellationToken);
        var after = await study.SnapshotAsync(cancellationToken);
        if (after.Sampler != history.Sampler)
            changes.Add($"the sampler is now {after.Sampler}; before it was {history.Sampler}");
        return changes;
    }

    /// <summary>The keys of the file that differ from what the study began with and keeps for life.</summary>
    internal static IReadOnlyList<string> Differences(History history, StudyFile file)
    {
        var (problem, definition) = (history.Problem, history.Definition);
        var keys = new (string Key, bool IsSame)[]
        {
            ("objectives", problem.Objectives.SequenceEqual(file.Problem.Objectives)),
            ("constraints", problem.Constraints.SequenceEqual(file.Problem.Constraints)),
            ("fidelity", problem.Fidelities.SequenceEqual(file.Problem.Fidelities)),
            ("instances", problem.Instances.SequenceEqual(file.Problem.Instances)),
            ("cost_metric", problem.CostMetric == file.Problem.CostMetric),
            ("scheduler", definition.Scheduler == file.Scheduler),
            ("seed", definition.Seed == file.Seed),
            ("retries", definition.Retries == file.Retries),
        };
        return [.. keys.Where(key => !key.IsSame).Select(key => key.Key)];
    }

    /// <summary>What to do when a study and its file do not belong together.</summary>
    internal static string WayOut(string study) =>
        $"undo the change, give the file another name:, or delete the study by: attune delete {study}";

    private static async Task<string> ReviseAsync(Study study, SearchSpace before, SearchSpace after, CancellationToken cancellationToken)
    {
        var added = after.Parameters.Where(parameter => !before.Contains(parameter.Name))
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        try
        {
            await study.ReviseSpaceAsync(after, added, cancellationToken);
        }
        catch (SpaceException exception)
        {
            throw CommandException.WrongInput($"the space of the study '{study.Name}' may only grow while it runs. {exception.Message}",
                WayOut(study.Name));
        }

        return added.Count == 0
            ? "the space has grown; earlier trials count in it"
            : $"the space has grown; earlier trials count with {string.Join(", ", added.Select(pair => $"{pair.Key}={pair.Value}"))}";
    }
}
