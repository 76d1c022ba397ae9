using System.Globalization;
using Attune.Journals;

namespace Attune.Sqlite.Connections;

/// <summary>
/// Opens a file as a store: recognises it, makes or migrates its tables, or says why not. What is not ours is never changed.
/// </summary>
internal static class StoreOpening
{
    private static readonly TimeSpan ModePause = TimeSpan.FromMilliseconds(2);

    internal static Database OpenWriter(string path, SqliteStoreOptions options, IReadOnlyList<Action<Database>> migrations)
    {
        PrepareFolder(path, options.Create);
        var database = Database.Open(path, options.Create);
        try
        {
            // Opening is rare: here SQLite may wait by itself.
            database.SetBusyTimeout(options.BusyLimit);
            if (RecogniseAtOnce(database, migrations.Count) < migrations.Count)
            {
                UseWriteAheadLog(database, options);
                Migrate(database, migrations);
            }

            UseWriteAheadLog(database, options);
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

    /// <summary>Reads in one transaction: between two reads another process may make the tables of a new file.</summary>
    private static int RecogniseAtOnce(Database database, int newest)
    {
        database.Execute("BEGIN");
        try
        {
            return Recognise(database, newest);
        }
        finally
        {
            database.Rollback();
        }
    }

    /// <summary>The format of the file; 0 for an empty one. To be called in a transaction.</summary>
    private static int Recognise(Database database, int newest)
    {
        var application = database["PRAGMA application_id"].Scalar() ?? 0;
        var format = database["PRAGMA user_version"].Scalar() ?? 0;
        if (application != Schema.ApplicationId
            && (application != 0 || format != 0 || database["SELECT count(*) FROM sqlite_schema"].Scalar() > 0))
            throw StoreFaults.Foreign(database.Path, application);
        return format > newest ? throw StoreFaults.Newer(database.Path, format) : (int)format;
    }

    /// <summary>
    /// The change of mode needs the file alone, and SQLite does not wait for that by itself: of those that open a new file at
    /// once, one changes it.
    /// </summary>
    private static void UseWriteAheadLog(Database database, SqliteStoreOptions options)
    {
        var since = options.Time.GetTimestamp();
        var mode = Mode(database, "PRAGMA journal_mode");
        using var pause = new ManualResetEventSlim();
        while (mode != "wal")
        {
            try
            {
                mode = Mode(database, "PRAGMA journal_mode = WAL");
                break;
            }
            catch (JournalException exception)
                when (exception.Fault == JournalFault.Busy && options.Time.GetElapsedTime(since) < options.BusyLimit)
            {
                pause.Wait(ModePause);
                mode = Mode(database, "PRAGMA journal_mode");
            }
        }

        if (mode != "wal")
        {
            throw new JournalException(
                JournalFault.Unavailable,
                $"The store '{database.Path}' cannot use a write-ahead log (journal mode '{mode}'). Put it on a local disk: network "
                    + "file systems are not supported.");
        }
    }

    private static string? Mode(Database database, string command)
    {
        var statement = database[command];
        try
        {
            return statement.Step() ? statement.Text(0) : null;
        }
        finally
        {
            statement.Reset();
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
