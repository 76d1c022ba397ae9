using Attune.Events;
using Attune.Journals;
using Attune.Serialization;

namespace Attune;

/// <summary>
/// Resume by running again: opens a study that exists, creates one that does not, and sees to it that both are the same problem.
/// </summary>
public static class StudyOpener
{
    /// <summary>
    /// Opens or creates a study. A budget or sampler that differs from the stored one is changed; another problem is refused.
    /// </summary>
    /// <param name="store">Where the journal is kept.</param>
    /// <param name="name">The name of the study.</param>
    /// <param name="definition">What it is created with, or is expected to be.</param>
    /// <param name="options">How the study object works.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The study, and whether it was created now.</returns>
    /// <exception cref="ProblemException">A study of that name solves another problem; the message says what differs and what to
    /// do.</exception>
    /// <exception cref="JournalException">The store failed.</exception>
    public static async Task<(Study Study, bool IsNew)> OpenOrCreateAsync(
        IStudyStore store, string name, StudyDefinition definition, StudyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        var names = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            try
            {
                return (await Study.CreateAsync(store, name, definition, options, cancellationToken).ConfigureAwait(false), true);
            }
            catch (JournalException exception) when (exception.Fault == JournalFault.Exists)
            {
                // Another worker was quicker; its study is ours.
            }
        }

        var study = await Study.OpenAsync(store, name, options with { Space = definition.Problem.Space }, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var history = await study.SnapshotAsync(cancellationToken).ConfigureAwait(false);
            CheckSame(store, name, history.Problem, definition.Problem);
            if (history.Seed != definition.Seed)
            {
                throw new ProblemException(
                    $"The study '{name}' in {store.Location} was created with the seed {history.Seed}, not {definition.Seed}. {Advice}");
            }

            var scheduler = options.Catalog.CreateScheduler(
                definition.Scheduler, new(definition.Problem, definition.Seed, definition.Budget)).Descriptor;
            if (history.Definition.Scheduler != scheduler)
            {
                throw new ProblemException(
                    $"The study '{name}' in {store.Location} was created with the scheduler "
                        + $"{history.Definition.Scheduler}, not {scheduler}. {Advice}");
            }

            await study.ChangeBudgetAsync(definition.Budget, cancellationToken).ConfigureAwait(false);
            await study.ChangeSamplerAsync(definition.Sampler, cancellationToken).ConfigureAwait(false);
            return (study, false);
        }
        catch
        {
            await study.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private const string Advice = "Choose another name or store, or delete the old study.";

    private static void CheckSame(IStudyStore store, string name, Problem stored, Problem wanted)
    {
        if (ProblemJson.ToText(stored) == ProblemJson.ToText(wanted))
            return;
        throw new ProblemException(
            $"The study '{name}' in {store.Location} solves another problem: {Difference(stored, wanted)}. {Advice}");
    }

    private static string Difference(Problem stored, Problem wanted)
    {
        foreach (var parameter in stored.Space.Parameters)
        {
            if (!wanted.Space.Contains(parameter.Name))
                return $"it has the parameter '{parameter.Name}', which is gone";
            if (wanted.Space[parameter.Name].Describe() != parameter.Describe())
                return $"'{parameter.Name}' was {parameter.Describe()} and is now {wanted.Space[parameter.Name].Describe()}";
        }

        foreach (var parameter in wanted.Space.Parameters)
        {
            if (!stored.Space.Contains(parameter.Name))
                return $"the parameter '{parameter.Name}' is new";
        }

        var (before, after) = (Objectives(stored), Objectives(wanted));
        if (before != after)
            return $"it had the objectives {before}, not {after}";
        return "conditions, priors, defaults, constraints, fidelities or instances differ";
    }

    private static string Objectives(Problem problem) =>
        string.Join(", ", problem.Objectives.Select(objective => $"{JsonNames.Of(objective.Direction)} {objective.Metric}"));
}
