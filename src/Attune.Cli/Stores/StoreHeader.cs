using System.Buffers.Binary;

namespace Attune.Cli.Stores;

/// <summary>Tells Attune's stores from other files by their first bytes, without opening them as databases.</summary>
internal static class StoreHeader
{
    // "Attu": the application id of Attune's stores, at its place in the header of SQLite files (https://sqlite.org/fileformat.html).
    private const uint ApplicationId = 0x41747475;
    private const int ApplicationIdOffset = 68;

    internal static bool IsStore(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> header = stackalloc byte[100];
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
                || !header.StartsWith("SQLite format 3\0"u8))
                return false;

            // What was written last may stand in the log beside the file.
            return BinaryPrimitives.ReadUInt32BigEndian(header[ApplicationIdOffset..]) is ApplicationId or 0 && HasIdOrLog(header, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasIdOrLog(ReadOnlySpan<byte> header, string path) =>
        BinaryPrimitives.ReadUInt32BigEndian(header[ApplicationIdOffset..]) == ApplicationId || File.Exists($"{path}-wal");
}
