using System.Text;

namespace Attune.Programs;

/// <summary>
/// Splits bytes into lines at line feeds, carriage returns, or both together. Memory is bounded by the longest line that is kept.
/// </summary>
internal sealed class LineSplitter(int maximumBytes)
{
    private byte[] _line = new byte[Math.Min(maximumBytes, 256)];
    private int _length;
    private bool _isCut;
    private bool _afterReturn;

    /// <summary>Takes bytes until a line is complete.</summary>
    /// <param name="bytes">What the program wrote; what was taken is removed from its front.</param>
    /// <param name="line">The line, if one is complete.</param>
    /// <returns>Whether a line is complete; otherwise all bytes were taken.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out OutputLine line)
    {
        if (_afterReturn && !bytes.IsEmpty)
        {
            // Only now it shows whether the carriage return was half of a line end.
            var isPair = bytes[0] == '\n';
            if (isPair)
                bytes = bytes[1..];
            line = Take(isTransient: !isPair);
            return true;
        }

        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            Append(bytes);
            bytes = default;
            line = default;
            return false;
        }

        Append(bytes[..end]);
        var isReturn = bytes[end] == '\r';
        bytes = bytes[(end + 1)..];
        if (isReturn)
        {
            _afterReturn = true;
            return TryRead(ref bytes, out line);
        }

        line = Take(isTransient: false);
        return true;
    }

    /// <summary>Takes what is left at the end: a line without its line end.</summary>
    /// <returns>Whether anything is left.</returns>
    public bool TryFinish(out OutputLine line)
    {
        var isLeft = _length > 0 || _isCut || _afterReturn;
        line = isLeft ? Take(_afterReturn) : default;
        return isLeft;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var room = maximumBytes - _length;
        if (bytes.Length > room)
        {
            bytes = bytes[..room];
            _isCut = true;
        }

        if (_length + bytes.Length > _line.Length)
            Array.Resize(ref _line, Math.Min(maximumBytes, Math.Max(_line.Length * 2, _length + bytes.Length)));
        bytes.CopyTo(_line.AsSpan(_length));
        _length += bytes.Length;
    }

    private OutputLine Take(bool isTransient)
    {
        var line = new OutputLine(Encoding.UTF8.GetString(_line, 0, _length), isTransient, _isCut);
        _length = 0;
        _isCut = false;
        _afterReturn = false;
        return line;
    }
}
