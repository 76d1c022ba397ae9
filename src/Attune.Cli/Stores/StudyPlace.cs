using Attune.Algorithms;
using Attune.Cli.Errors;
using Attune.Cli.Terminals;
using Attune.Internal;
using Attune.Journals;
using Attune.Sqlite;
using Attune.StudyFiles;

namespace Attune.Cli.Stores;

/// <summary>A study in an open store.</summary>
internal sealed class StudyPlace : IAsyncDisposable
{
    private StudyPlace(SqliteStore store, string name) => (Store, Name) = (store, name);

    /// <summary>The store.</summary>
    internal SqliteStore Store { get; }

    /// <summary>The name of the study.</summary>
    internal string Name { get; }

    /// <summary>Finds the study that a person means: named, by its study file, or the only one in its store.</summary>
    /// <param name="terminal">The world.</param>
    /// <param name="store">What <c>--store</c> says; null for nothing.</param>
    /// <param name="study">The name or the study file; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<StudyPlace> FindAsync(Terminal terminal, string? store, string? study, CancellationToken cancellationToken)
    {
        if (study is not null && StudyFileReading.IsStudyFile(terminal, study))
        {
            var file = StudyFileReading.Load(terminal, study);
            (store, study) = (store ?? Existing(terminal, file, study), file.Name);
        }

        try
        {
            return await FindByNameAsync(terminal, store, study, cancellationToken);
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.NotFound && study is not null
            && StudyFileReading.LooksLikeStudyFile(study) && !File.Exists(terminal.PathOf(study)))
        {
            throw StudyFileReading.Missing(terminal, study);
        }
    }

    /// <summary>Opens the study of a study file, and creates it when there is none yet.</summary>
    /// <param name="terminal">The world.</param>
    /// <param name="store">What <c>--store</c> says, in place of the file; null for nothing.</param>
    /// <param name="path">The path of the study file.</param>
    /// <param name="study">A name in place of the file's; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<StudyPlace> OpenOrCreateAsync(Terminal terminal, string? store, string path, string? study,
        CancellationToken cancellationToken)
    {
        var file = StudyFileReading.Load(terminal, path);
        return await OpenOrCreateAsync(terminal, file, store is null ? file.StorePath : terminal.PathOf(store), study
            ?? file.Name, cancellationToken);
    }

    /// <summary>Opens the study of a study file, and creates it when there is none yet.</summary>
    internal static async Task<StudyPlace> OpenOrCreateAsync(Terminal terminal, StudyFile file, string store, string name,
        CancellationToken cancellationToken)
    {
        if (Directory.Exists(store))
            throw StoreLocator.IsFolder(terminal.Display(store));
        var opened = await SqliteStore.OpenAsync(store, new() { Durability = file.Durability }, cancellationToken);
        try
        {
            if (!(await opened.ListAsync(cancellationToken)).Contains(name))
                await CreateAsync(terminal, opened, name, file, cancellationToken);
            return new(opened, name);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the store that a person means.</summary>
    internal static async Task<SqliteStore> OpenStoreAsync(Terminal terminal, string? named, CancellationToken cancellationToken) =>
        await SqliteStore.OpenAsync(StoreLocator.Find(terminal, named), new() { Create = false }, cancellationToken);

    /// <summary>How the command line opens studies.</summary>
    internal static StudyOptions Options(Terminal terminal, int parallelism = 1) =>
        new() { Catalog = MethodRegistry.Default, Clock = terminal.Clock, Parallelism = parallelism };

    /// <summary>Opens the study to write to it or to fold it.</summary>
    internal Task<Study> OpenAsync(Terminal terminal, CancellationToken cancellationToken) =>
        Study.OpenAsync(Store, Name, Options(terminal), cancellationToken);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static async Task<StudyPlace> FindByNameAsync(
        Terminal terminal, string? store, string? study, CancellationToken cancellationToken)
    {
        var opened = await OpenStoreAsync(terminal, store, cancellationToken);
        try
        {
            return new(opened, await NameAsync(opened, terminal, study, cancellationToken));
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private static async Task CreateAsync(Terminal terminal, SqliteStore store, string name, StudyFile file,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var created = await Study.CreateAsync(store, name, file.ToDefinition(), Options(terminal), cancellationToken);
        }
        catch (JournalException exception) when (exception.Fault == JournalFault.Exists)
        {
            // Another process was quicker.
        }
    }

    private static string Existing(Terminal terminal, StudyFile file, string path) => File.Exists(file.StorePath)
        ? file.StorePath
        : throw CommandException.NotFound(
            $"the study of {path} has not begun: there is no store {terminal.Display(file.StorePath)}; begin it by: attune run {path}");

    private static async Task<string> NameAsync(SqliteStore store, Terminal terminal, string? named, CancellationToken cancellationToken)
    {
        var names = await store.ListAsync(cancellationToken);
        var location = terminal.Display(store.Location);
        if (named is null)
        {
            return names switch
            {
                [var only] => only,
                [] => throw CommandException.NotFound($"the store {location} holds no study"),
                _ => throw CommandException.WrongInput(
                    $"the store {location} holds several studies ({string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}); "
                    + $"name one"),
            };
        }

        if (names.Contains(named))
            return named;
        var listed = names.Count == 0 ? "it holds none"
            : $"there {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}";
        throw CommandException.NotFound(
            $"there is no study '{named}' in the store {location}; {listed}.{NearNames.Question(named, names)}");
    }
}
