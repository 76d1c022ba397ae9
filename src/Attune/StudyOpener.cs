using Attune.Events;
using Attune.Journals;

namespace Attune;

/// <summary>
/// Resume by running again: opens a study that exists, creates one that does not, and sees to it that both are the same problem.
/// </summary>
public static class StudyOpener
{
    /// <summary>
    /// Opens or creates a study. What may change is carried over as <see cref="StudyResumption"/> has it: another sampler, a grown space, a
    /// budget that the definition did not name before. Everything else that differs is refused.
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
            var context = new MethodContext(definition.Problem, definition.Seed, definition.Budget);
            var scheduler = options.Catalog.CreateScheduler(definition.Scheduler, context).Descriptor;
            var wanted = definition with { Scheduler = scheduler };
            var history = await study.SnapshotAsync(cancellationToken).ConfigureAwait(false);
            if (StudyResumption.Differences(history, wanted) is { Count: > 0 } differences)
            {
                throw new ProblemException(
                    $"The study '{name}' in {store.Location} keeps for life what it began with, "
                        + $"but {string.Join("; ", differences)}. {Advice}");
            }

            await StudyResumption.ApplyAsync(study, wanted, cancellationToken).ConfigureAwait(false);
            return (study, false);
        }
        catch (SpaceException exception)
        {
            await study.DisposeAsync().ConfigureAwait(false);
            throw new ProblemException($"The space of the study '{name}' in {store.Location} may only grow. {exception.Message} {Advice}");
        }
        catch
        {
            await study.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private const string Advice = "Choose another name or store, or delete the old study.";
}
