using System.Security;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles;

/// <summary>Reads the bytes of a file that a person named, whatever there is at its place.</summary>
internal static class StudyFileBytes
{
    internal static byte[]? Read(string path, MistakeList mistakes)
    {
        try
        {
            if (Directory.Exists(path))
                return Report(mistakes, $"'{path}' is a folder; name the study file in it.");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // One byte more than is allowed is read, never more: some files (devices) have no end.
            var buffer = new byte[YamlSource.LargestFile + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return buffer[..length];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Report(mistakes, $"There is no file '{path}'.");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or SecurityException)
        {
            return Report(mistakes, $"'{path}' may not be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return Report(mistakes, $"'{path}' cannot be read: {exception.Message}");
        }
    }

    private static byte[]? Report(MistakeList mistakes, string message)
    {
        mistakes.Add(YamlPlace.Start, "", message);
        return null;
    }
}
