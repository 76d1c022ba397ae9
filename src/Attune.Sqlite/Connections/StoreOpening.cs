using System.Globalization;
using Attune.Journals;

namespace Attune.Sqlite.Connections;

/// <summary>
/// Opens a file as a store: recognises it, makes or migrates its tables, or says why not. What is not ours is never changed.
/// </summary>
internal static class StoreOpening
{
    internal static Database OpenWriter(string path, SqliteStoreOptions options, IReadOnlyList<Action<Database>> migrations)
    {
        PrepareFolder(path, options.Create);
        var database = Database.Open(path, options.Create);
        try
        {
            // Opening is rare: here SQLite may wait by itself.
            database.SetBusyTimeout(options.BusyLimit);
            if (Recognise(database, migrations.Count) < migrations.Count)
            {
                UseWriteAheadLog(database);
                Migrate(database, migrations);
            }

            UseWriteAheadLog(database);
            database.Execute(options.Durability == Durability.Power ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            if (options.WriterSetup is { } setup)
                database.Execute(setup);
            database.SetBusyTimeout(TimeSpan.Zero);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal static Database OpenReader(string path, SqliteStoreOptions options)
    {
        var database = Database.Open(path, create: false);

        // Readers wait only while another process recovers the log after a crash.
        database.SetBusyTimeout(options.BusyLimit);
        database.Execute("PRAGMA query_only = 1");
        return database;
    }

    private static void PrepareFolder(string path, bool create)
    {
        if (Directory.Exists(path))
            throw new JournalException(JournalFault.Unavailable, $"'{path}' is a folder. Give the path of a file.");
        if (!create && !File.Exists(path))
            throw StoreFaults.Missing(path);
        if (!create || Path.GetDirectoryName(path) is not { Length: > 0 } folder)
            return;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                JournalFault.Unavailable, $"The folder '{folder}' for the store cannot be made: {exception.Message} Give another path.",
                    exception);
        }
    }

    /// <summary>The format of the file; 0 for an empty one.</summary>
    private static int Recognise(Database database, int newest)
    {
        var application = database["PRAGMA application_id"].Scalar() ?? 0;
        var format = database["PRAGMA user_version"].Scalar() ?? 0;
        if (application != Schema.ApplicationId
            && (application != 0 || format != 0 || database["SELECT count(*) FROM sqlite_schema"].Scalar() > 0))
            throw StoreFaults.Foreign(database.Path, application);
        return format > newest ? throw StoreFaults.Newer(database.Path, format) : (int)format;
    }

    private static void UseWriteAheadLog(Database database)
    {
        var statement = database["PRAGMA journal_mode = WAL"];
        statement.Step();
        var mode = statement.Text(0);
        statement.Reset();
        if (mode != "wal")
        {
            throw new JournalException(
                JournalFault.Unavailable,
                $"The store '{database.Path}' cannot use a write-ahead log (journal mode '{mode}'). Put it on a local disk: network "
                    + "file systems are not supported.");
        }
    }

    private static void Migrate(Database database, IReadOnlyList<Action<Database>> migrations)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Another process may have migrated it meanwhile.
            for (var format = Recognise(database, migrations.Count); format < migrations.Count; format++)
                migrations[format](database);
            var newest = migrations.Count.ToString(CultureInfo.InvariantCulture);
            database.Execute($"PRAGMA application_id = {Schema.ApplicationId}");
            database.Execute($"PRAGMA user_version = {newest}");
            database.Execute($"INSERT OR REPLACE INTO meta (name, value) VALUES ('format', '{newest}')");
            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }
}
