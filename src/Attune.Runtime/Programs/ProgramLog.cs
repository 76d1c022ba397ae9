namespace Attune.Programs;

/// <summary>
/// Writes what a program prints to a file, byte for byte and at once, so that the file can be followed while the program runs.
/// A file that cannot be written ends the log, never the program: the first problem is kept and told.
/// </summary>
internal sealed class ProgramLog : IDisposable
{
    private readonly string _path;
    private readonly Action<string>? _warn;
    private readonly Lock _lock = new();
    private FileStream? _file;
    private long _written;

    /// <param name="path">The file; output is appended to what an earlier attempt left there.</param>
    /// <param name="warn">Called once, when the log ends early.</param>
    public ProgramLog(string path, Action<string>? warn)
    {
        _path = path;
        _warn = warn;
        try
        {
            // Others may read it, move it away or delete it meanwhile.
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(exception);
        }
    }

    /// <summary>Why the log is not complete; null while it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Writes some bytes. Both outputs of a program may share a log.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_file is null)
                return;
            try
            {
                _file.Write(bytes);
                _written += bytes.Length;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Fail(exception);
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (IOException exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        if (Problem is not null)
            return;
        Problem = FormattableString.Invariant(
            $"The log '{_path}' is not complete: {exception.Message} ({_written} bytes were written; the program itself is not affected.)");
        _warn?.Invoke(Problem);
    }
}
