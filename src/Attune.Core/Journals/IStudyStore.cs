using Attune.Events;

namespace Attune.Journals;

/// <summary>A place that holds the journals of any number of studies, by name.</summary>
public interface IStudyStore : IAsyncDisposable
{
    /// <summary>Where it is, for messages.</summary>
    string Location { get; }

    /// <summary>Creates a study: its journal with a first event.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="created">The first event, whose payload is <see cref="StudyCreated"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="JournalException">There is one of that name already (<see cref="JournalFault.Exists"/>), or the store
    /// failed.</exception>
    ValueTask<IJournal> CreateAsync(string name, EventDraft created, CancellationToken cancellationToken);

    /// <summary>Opens the journal of a study.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="JournalException">There is none of that name (<see cref="JournalFault.NotFound"/>), or the store
    /// failed.</exception>
    ValueTask<IJournal> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names of the studies, in order of creation.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">The store failed.</exception>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Deletes a study with all its events.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JournalException">The store failed.</exception>
    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
