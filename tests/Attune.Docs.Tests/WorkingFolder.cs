using Attune.Docs.Tests;

[assembly: AssemblyFixture(typeof(WorkingFolder))]

namespace Attune.Docs.Tests;

/// <summary>Snippets store their studies in the working folder, as users do; here it is one that is gone afterwards.</summary>
public sealed class WorkingFolder : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _path = Directory.CreateTempSubdirectory("attune-docs-").FullName;

    public WorkingFolder() => Environment.CurrentDirectory = _path;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_path, recursive: true);
    }
}
