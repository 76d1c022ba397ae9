using System.Runtime.CompilerServices;

namespace Attune.Cli.Tests;

/// <summary>Compares texts with files in the folder Golden. <c>ATTUNE_UPDATE_GOLDEN=1</c> writes them anew; then read the
/// difference.</summary>
internal static class GoldenFile
{
    internal static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("ATTUNE_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"There is no golden file {path}.");
        Assert.Equal(File.ReadAllText(path), text, ignoreLineEndingDifferences: true);
    }
}
