using Attune.Journals;
using Attune.Testing;

namespace Attune.Sqlite.Tests;

/// <summary>A file in a folder of its own, cleared away at the end.</summary>
internal sealed class TemporaryPlace(SqliteStoreOptions? options = null) : StorePlace
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("attune-").FullName;

    internal string File => Path.Combine(Folder, "study.db");

    public override async ValueTask<IStudyStore> OpenAsync(CancellationToken cancellationToken) =>
        await Open(cancellationToken: cancellationToken);

    internal ValueTask<SqliteStore> Open(SqliteStoreOptions? own = null, CancellationToken cancellationToken = default) =>
        SqliteStore.OpenAsync(File, own ?? options, cancellationToken);

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return base.DisposeAsync();
    }
}
