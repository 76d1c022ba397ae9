using Attune.Journals;
using SQLitePCL;

namespace Attune.Sqlite.Connections;

/// <summary>
/// One connection and its prepared statements; used by one thread at a time. It speaks to SQLite's own interface: the commands of the
/// ADO.NET provider wait and retry by themselves when the database is busy, in a way that starves whole processes.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    private Database(string path, sqlite3 handle)
    {
        Path = path;
        _handle = handle;
    }

    internal string Path { get; }

    internal bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens a file.</summary>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    internal static Database Open(string path, bool create)
    {
        // One thread at a time: SQLite need not see to that at every column of every row.
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code == raw.SQLITE_OK)
            return new(path, handle);
        var extended = handle.IsInvalid ? code : raw.sqlite3_extended_errcode(handle);
        handle.Dispose();
        throw StoreFaults.Of(path, extended, raw.sqlite3_errstr(extended).utf8_to_string());
    }

    /// <summary>The statement for a text, prepared once.</summary>
    internal Statement this[string sql] => _statements.TryGetValue(sql, out var statement) ? statement : Prepare(sql);

    /// <summary>Runs any number of statements without parameters or results.</summary>
    internal void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    /// <summary>Runs statements, waiting in SQLite while the database is busy: for rare work such as opening.</summary>
    internal void SetBusyTimeout(TimeSpan patience) => raw.sqlite3_busy_timeout(_handle, (int)patience.TotalMilliseconds);

    /// <summary>Takes back what the transaction did, if there still is one: SQLite ends it by itself on some errors.</summary>
    internal void Rollback()
    {
        ResetStatements();
        if (IsInTransaction)
            raw.sqlite3_exec(_handle, "ROLLBACK");
    }

    /// <summary>Makes statements ready to be used again that an exception interrupted.</summary>
    internal void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    internal long LastInsertedId => raw.sqlite3_last_insert_rowid(_handle);

    internal JournalException Error(int code) =>
        StoreFaults.Of(Path, raw.sqlite3_extended_errcode(_handle) is var extended && (extended & 0xff) == (code & 0xff) ? extended : code,
            raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _handle.Dispose();
    }

    private Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (code != raw.SQLITE_OK)
            throw Error(code);
        return _statements[sql] = new(this, handle);
    }
}
