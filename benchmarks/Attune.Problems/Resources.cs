namespace Attune.Problems;

/// <summary>The data that is embedded in this assembly.</summary>
internal static class Resources
{
    /// <summary>Reads a file of the folder <c>Data</c>.</summary>
    /// <param name="name">Its path within the folder.</param>
    internal static byte[] Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The file '{name}' is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
