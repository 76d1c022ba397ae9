using Attune.Journals;

namespace Attune;

/// <summary>A study that was opened together with its store.</summary>
public sealed class OpenedStudy : IAsyncDisposable
{
    private readonly IStudyStore? _ownedStore;

    internal OpenedStudy(Study study, IStudyStore? ownedStore) => (Study, _ownedStore) = (study, ownedStore);

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>Ends the work on the study and closes the store that was opened for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Study.DisposeAsync().ConfigureAwait(false);
        if (_ownedStore is not null)
            await _ownedStore.DisposeAsync().ConfigureAwait(false);
    }
}
