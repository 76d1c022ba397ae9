using Attune.Events;

namespace Attune.Journals;

/// <summary>Studies in the memory of this process: they live as long as the store is referred to. Safe for any number of threads.</summary>
/// <param name="time">The clock by which waiting is limited; null for the system's.</param>
public sealed class MemoryStore(TimeProvider? time = null) : IStudyStore
{
    private readonly Lock _gate = new();
    private readonly List<MemoryJournal> _journals = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is blank, or the first event is not a creation.</exception>
    public ValueTask<IJournal> CreateAsync(string name, EventDraft created, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (created.Payload is not StudyCreated)
            throw new ArgumentException("The first event of a journal is the creation of its study.", nameof(created));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IJournal>(cancellationToken);
        lock (_gate)
        {
            if (Find(name) >= 0)
            {
                return ValueTask.FromException<IJournal>(new JournalException(
                    JournalFault.Exists, $"The study '{name}' exists already. Open it, choose another name, or delete it first."));
            }

            var journal = new MemoryJournal(name, created, _time);
            _journals.Add(journal);
            return ValueTask.FromResult<IJournal>(journal);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IJournal> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IJournal>(cancellationToken);
        lock (_gate)
        {
            var index = Find(name);
            return index >= 0
                ? ValueTask.FromResult<IJournal>(_journals[index])
                : ValueTask.FromException<IJournal>(new JournalException(
                    JournalFault.NotFound, $"There is no study '{name}' in this process's memory. Create it first."));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<string>>(cancellationToken);
        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _journals.Select(journal => journal.Study)]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        lock (_gate)
        {
            var index = Find(name);
            if (index < 0)
                return ValueTask.FromResult(false);
            _journals[index].Delete();
            _journals.RemoveAt(index);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>Does nothing: what is in memory goes with the last reference to it.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private int Find(string name) => _journals.FindIndex(journal => string.Equals(journal.Study, name, StringComparison.Ordinal));
}
