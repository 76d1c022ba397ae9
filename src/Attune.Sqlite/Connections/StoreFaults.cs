using Attune.Journals;
using SQLitePCL;

namespace Attune.Sqlite.Connections;

/// <summary>Errors of SQLite in words that say what to do.</summary>
internal static class StoreFaults
{
    internal static bool IsBusy(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    internal static JournalException Of(string path, int code, string detail, Exception? inner = null)
    {
        var (fault, text) = (code & 0xff) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (JournalFault.Busy,
                "is locked by another process. Wait for it or end it, and try again"),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => (JournalFault.ReadOnly,
                "cannot be written: the file or its folder is read-only. Allow writing to both (SQLite keeps two more files beside it), "
                    + "or work on a copy"),
            raw.SQLITE_FULL => (JournalFault.Full,
                "cannot grow: the disk is full. Make room and run again; everything that was finished is kept"),
            raw.SQLITE_CORRUPT => (JournalFault.Damaged,
                "is damaged. Stop all work on it, keep a copy of it, and restore it from a backup; without one, SQLite's own tool saves "
                    + "what it can: sqlite3 FILE .recover"),
            raw.SQLITE_NOTADB => (JournalFault.Damaged,
                "is not a SQLite database. Give the path of an Attune store, or of a new file"),
            raw.SQLITE_CANTOPEN => (JournalFault.Unavailable,
                "cannot be opened. Check that the path is right, that its folder exists and that you may read and write there"),
            raw.SQLITE_IOERR => (JournalFault.Unavailable,
                "cannot be read or written: the disk or file system reports an error. Check them; network file systems are not supported"),
            raw.SQLITE_NOMEM => (JournalFault.Unavailable, "cannot be used: memory is exhausted"),
            raw.SQLITE_ERROR => (JournalFault.Damaged,
                "does not have the tables of an Attune store. Restore it from a backup, or give another path"),
            _ => (JournalFault.Unavailable, "failed"),
        };
        return new(fault, $"The store '{path}' {text}. (SQLite error {code}: {detail})", inner);
    }

    internal static JournalException Missing(string path) => new(
        JournalFault.Unavailable, $"There is no store '{path}'. Check the path, or create a study there first.");

    internal static JournalException Foreign(string path, long applicationId) => new(
        JournalFault.Damaged,
        $"'{path}' is a SQLite database of another program (application id {applicationId}), not an Attune store. Give another path; "
            + "the file was not changed.");

    internal static JournalException Newer(string path, long format) => new(
        JournalFault.NewerFormat,
        $"The store '{path}' has format {format}; this version of Attune reads up to {Schema.Format}. Update Attune, or use another "
            + "store; the file was not changed.");

    internal static JournalException Waited(string path, TimeSpan limit) => new(
        JournalFault.Busy,
        FormattableString.Invariant($"The store '{path}' was locked by another process for more than {limit.TotalSeconds:0.###} s. ")
            + "End the process that holds it (a SQL shell with an open transaction?), or raise the limit.");

    internal static JournalException NoStudy(string path, string study) => new(
        JournalFault.NotFound, $"There is no study '{study}' in the store '{path}'. 'attune list' shows what there is.");
}
