using System.Runtime.CompilerServices;
using System.Text;
using SQLitePCL;

namespace Attune.Sqlite.Connections;

/// <summary>A prepared statement that is used again and again by one thread at a time. Parameters count from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    internal Statement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(handle, index, value);
        return this;
    }

    internal Statement Bind(int index, double? value)
    {
        if (value is { } number)
            raw.sqlite3_bind_double(handle, index, number);
        else
            raw.sqlite3_bind_null(handle, index);
        return this;
    }

    internal Statement Bind(int index, long? value)
    {
        if (value is { } number)
            raw.sqlite3_bind_int64(handle, index, number);
        else
            raw.sqlite3_bind_null(handle, index);
        return this;
    }

    internal Statement Bind(int index, string? value)
    {
        if (value is null)
            raw.sqlite3_bind_null(handle, index);
        else
            raw.sqlite3_bind_text(handle, index, value);
        return this;
    }

    /// <summary>Binds text that is UTF-8 already; not empty.</summary>
    internal Statement BindText(int index, ReadOnlySpan<byte> text)
    {
        raw.sqlite3_bind_text(handle, index, text);
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one; when not, the statement is ready to be used again.</returns>
    internal bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(handle);
            return false;
        }

        throw Fail(code);
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    internal void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Runs a statement that may find the database busy.</summary>
    /// <returns>Whether it ran.</returns>
    internal bool TryRun()
    {
        var code = raw.sqlite3_step(handle);
        if (StoreFaults.IsBusy(code))
        {
            raw.sqlite3_reset(handle);
            return false;
        }

        if (code != raw.SQLITE_DONE)
            throw Fail(code);
        raw.sqlite3_reset(handle);
        return true;
    }

    /// <summary>The first column of the first row; null when there is no row or it holds NULL.</summary>
    internal long? Scalar()
    {
        if (!Step())
            return null;
        long? value = IsNull(0) ? null : Long(0);
        Reset();
        return value;
    }

    internal void Reset() => raw.sqlite3_reset(handle);

    internal bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long Long(int column) => raw.sqlite3_column_int64(handle, column);

    internal double Double(int column) => raw.sqlite3_column_double(handle, column);

    internal long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    internal double? DoubleOrNull(int column) => IsNull(column) ? null : Double(column);

    /// <summary>The text of a column in UTF-8; valid until the next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(handle, column);

    internal string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => handle.Dispose();

    private Journals.JournalException Fail(int code)
    {
        var exception = database.Error(code);
        raw.sqlite3_reset(handle);
        return exception;
    }
}
