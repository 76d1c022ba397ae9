using Attune.Journals;

namespace Attune.Testing;

/// <summary>
/// A place, empty at first, where stores of one kind can be opened: a file, a database, a piece of memory. Disposing of it clears it away.
/// </summary>
public abstract class StorePlace : IAsyncDisposable
{
    /// <summary>Opens a store there. Every store that is opened there holds the same studies, at the same time and afterwards.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public abstract ValueTask<IStudyStore> OpenAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
