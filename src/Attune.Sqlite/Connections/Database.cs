using Attune.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Attune.Sqlite.Connections;

/// <summary>
/// One connection and its prepared statements; used by one thread at a time. The provider opens it, and everything else goes to SQLite's
/// own interface: the provider's commands wait and retry by themselves when the database is busy, in a way that starves whole processes.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private Database(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        _handle = connection.Handle!;
    }

    internal string Path { get; }

    internal bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens a file.</summary>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    internal static Database Open(string path, bool create)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return new(path, connection);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            var code = exception.SqliteExtendedErrorCode;
            throw StoreFaults.Of(path, code, raw.sqlite3_errstr(code).utf8_to_string(), exception);
        }
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
        _connection.Dispose();
    }

    private Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (code != raw.SQLITE_OK)
            throw Error(code);
        return _statements[sql] = new(this, handle);
    }
}
