using System.Runtime.InteropServices;
using System.Text;

namespace Attune.Programs.Unix;

/// <summary>A null-terminated array of null-terminated UTF-8 strings in native memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    /// <summary>Refuses what cannot arrive intact instead of replacing it.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte** _pointers;
    private readonly int _count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        _pointers = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
        {
            var bytes = Strict.GetBytes(strings[i]);
            _pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(_pointers[i], bytes.Length));
        }
    }

    public byte** Pointers => _pointers;

    /// <returns>What keeps a text from arriving intact; null when nothing does.</returns>
    public static string? FindObstacle(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            return "holds a NUL character, which ends every text that the system passes on";
        try
        {
            Strict.GetByteCount(text);
            return null;
        }
        catch (EncoderFallbackException)
        {
            return "holds half of a surrogate pair, which is no character";
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            NativeMemory.Free(_pointers[i]);
        NativeMemory.Free(_pointers);
    }
}
