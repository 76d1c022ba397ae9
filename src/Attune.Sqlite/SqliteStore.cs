using Attune.Events;
using Attune.Journals;
using Attune.Sqlite.Connections;
using Attune.Sqlite.Reading;
using Attune.Sqlite.Writing;

namespace Attune.Sqlite;

/// <summary>
/// Any number of studies in one SQLite file, which any number of threads and processes on one machine may use at once. What a killed
/// process had appended is kept; <c>docs/storage.md</c> describes the tables for queries in plain SQL.
/// </summary>
public sealed partial class SqliteStore : IStudyStore
{
    private readonly Lock _readGate = new();
    private readonly Database _reader;
    private readonly Dictionary<long, SqliteJournal> _journals = [];
    private bool _isDisposed;

    private SqliteStore(string path, Database writer, Database reader, SqliteStoreOptions options)
    {
        Location = path;
        Options = options;
        Queue = new(writer, options);
        _reader = reader;
    }

    /// <summary>The path of the file.</summary>
    public string Location { get; }

    internal SqliteStoreOptions Options { get; }

    internal WriteQueue Queue { get; }

    /// <summary>Opens a store, makes it if the options allow that, and brings older formats up to date.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">How to open it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ArgumentException">The path is blank, or an option is not legal.</exception>
    /// <exception cref="JournalException">
    /// The file cannot be opened or made, is no store, is damaged, read-only, or of a newer format. The message says what to do.
    /// </exception>
    public static ValueTask<SqliteStore> OpenAsync(
        string path, SqliteStoreOptions? options = null, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<SqliteStore>(cancellationToken)
            : OpenAsync(path, options ?? new(), Schema.Migrations);

    internal static ValueTask<SqliteStore> OpenAsync(string path, SqliteStoreOptions options, IReadOnlyList<Action<Database>> migrations)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options.Check();
        try
        {
            var full = Path.GetFullPath(path);
            var writer = StoreOpening.OpenWriter(full, options, migrations);
            try
            {
                return ValueTask.FromResult(new SqliteStore(full, writer, StoreOpening.OpenReader(full, options), options));
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch (JournalException exception)
        {
            return ValueTask.FromException<SqliteStore>(exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is blank, or the first event is not a creation.</exception>
    public async ValueTask<IJournal> CreateAsync(string name, EventDraft created, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (created.Payload is not StudyCreated || string.IsNullOrEmpty(created.Writer))
            throw new ArgumentException("The first event of a journal is the creation of its study, and has a writer.", nameof(created));
        var first = created.At(1);
        var encoded = new EventCodec().Encode(created.Payload);
        var id = await Queue.RunAsync(new WriteFunction<long>(
            database => Find(database, name) is null
                ? 0
                : throw new JournalException(
                    JournalFault.Exists,
                    $"The study '{name}' exists already in the store '{Location}'. Open it, choose another name, or delete it first."),
            (database, _) =>
            {
                Options.BeforeWrite?.Invoke("study");
                database["INSERT INTO studies (name) VALUES (?1)"].Bind(1, name).Run();
                var added = database.LastInsertedId;
                Options.BeforeWrite?.Invoke("event");
                EventTable.Write(database, added, first, encoded);
                return added;
            }), cancellationToken).ConfigureAwait(false);
        var journal = JournalOf(id, name);
        journal.Definitions.Add(1, created.Payload);
        return journal;
    }

    /// <inheritdoc/>
    public async ValueTask<IJournal> OpenAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await FindJournalAsync(name).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<string>>(cancellationToken);
        return ReadAsync<IReadOnlyList<string>>(database =>
        {
            var names = new List<string>();
            var rows = database["SELECT name FROM studies ORDER BY id"];
            while (rows.Step())
                names.Add(rows.Text(0));
            return names;
        });
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Queue.RunAsync(new WriteFunction<bool>(_ => false, (database, _) =>
        {
            if (Find(database, name) is not { } id)
                return false;
            foreach (var table in (ReadOnlySpan<string>)["events", "trial_rows", "leases"])
            {
                Options.BeforeWrite?.Invoke(table);
                database[$"DELETE FROM {table} WHERE study = ?1"].Bind(1, id).Run();
            }

            database["DELETE FROM studies WHERE id = ?1"].Bind(1, id).Run();
            return true;
        }), cancellationToken);
    }

    /// <summary>Waits for the last append and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Queue.CloseAsync().ConfigureAwait(false);
        lock (_readGate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _reader.Dispose();
        }

        Queue.Dispose();
    }

    internal T Read<T>(Func<Database, T> read)
    {
        lock (_readGate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return read(_reader);
            }
            catch
            {
                _reader.ResetStatements();
                throw;
            }
        }
    }

    internal ValueTask<T> ReadAsync<T>(Func<Database, T> read)
    {
        try
        {
            return ValueTask.FromResult(Read(read));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }

    private static long? Find(Database database, string name) => database["SELECT id FROM studies WHERE name = ?1"].Bind(1, name).Scalar();

    private ValueTask<SqliteJournal> FindJournalAsync(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ReadAsync(database => JournalOf(Find(database, name) ?? throw StoreFaults.NoStudy(Location, name), name));
    }

    /// <summary>One journal object for each study, so that all who open it share its space and its signals.</summary>
    private SqliteJournal JournalOf(long id, string name)
    {
        lock (_readGate)
        {
            if (!_journals.TryGetValue(id, out var journal))
                _journals[id] = journal = new(this, id, name);
            return journal;
        }
    }
}
