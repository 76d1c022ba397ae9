using Attune.Cli.Errors;
using Attune.Cli.Terminals;
using Attune.Internal;

namespace Attune.Cli.Stores;

/// <summary>Finds the store that a person means: named, in the environment, or the only one in the working folder.</summary>
internal static class StoreLocator
{
    /// <summary>Variable of the environment that names the store.</summary>
    internal const string Variable = "ATTUNE_STORE";

    /// <summary>The absolute path of a store that exists.</summary>
    /// <param name="terminal">The world.</param>
    /// <param name="named">What <c>--store</c> says; null for nothing.</param>
    internal static string Find(Terminal terminal, string? named)
    {
        if (named is not null)
            return Existing(terminal, named, "");
        if (terminal.Variable(Variable) is { Length: > 0 } inherited)
            return Existing(terminal, inherited, $" ({Variable} names it)");
        var stores = StoresIn(terminal.Folder);
        return stores switch
        {
            [var only] => only,
            [] => throw CommandException.NotFound(
                $"there is no store in the folder {terminal.Folder}; name one by --store FILE or {Variable}, or begin a study by: attune "
                    + $"run study.yaml"),
            _ => throw CommandException.WrongInput(
                $"there are several stores here ({string.Join(", ", stores.Select(Path.GetFileName))}); choose one by --store FILE or "
                    + $"{Variable}"),
        };
    }

    /// <summary>The mistake of naming a folder as the store.</summary>
    /// <param name="path">The folder, as a person reads it.</param>
    /// <param name="remark">Where the name came from.</param>
    internal static CommandException IsFolder(string path, string remark = "") =>
        CommandException.WrongInput($"the store '{path}' is a folder{remark}; name a file in it");

    /// <summary>The Attune stores in a folder, in order of name.</summary>
    internal static IReadOnlyList<string> StoresIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.db").Where(StoreHeader.IsStore).Order(StringComparer.Ordinal)];

    private static string Existing(Terminal terminal, string path, string remark)
    {
        var full = terminal.PathOf(path);
        if (File.Exists(full))
            return full;
        if (Directory.Exists(full))
            throw IsFolder(path, remark);
        var folder = Path.GetDirectoryName(full)!;
        var near = Directory.Exists(folder)
            ? NearNames.Question(Path.GetFileName(full), StoresIn(folder).Select(store => Path.GetFileName(store))) : "";
        throw CommandException.NotFound($"there is no store '{path}'{remark}.{near}");
    }
}
