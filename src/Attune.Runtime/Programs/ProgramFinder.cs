using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>
/// Finds the file of a program as a shell would: by its path if the name holds a slash, else in the folders of <c>PATH</c>.
/// </summary>
internal static class ProgramFinder
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <returns>The absolute path; null when there is no such program, with the reason in <paramref name="failure"/>.</returns>
    public static string? Find(string name, string folder, IReadOnlyDictionary<string, string> environment, out LaunchFailure? failure)
    {
        if (name.Length == 0)
        {
            failure = new(LaunchFailureKind.NotFound, "The name of the program is empty.");
            return null;
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.Combine(folder, name);
            failure = Examine(name, path);
            return failure is null ? path : null;
        }

        var folders = environment.GetValueOrDefault("PATH", DefaultPath).Split(':');
        LaunchFailure? refused = null;
        foreach (var candidate in folders)
        {
            var path = Path.Combine(folder, candidate, name);
            if (!File.Exists(path))
                continue;
            var problem = Examine(name, path);
            if (problem is null)
            {
                failure = null;
                return path;
            }

            refused ??= problem;
        }

        var hint = File.Exists(Path.Combine(folder, name))
            ? $" There is a file of that name in the working folder; write './{name}' to run it."
            : "";
        failure = refused
            ?? new(
                LaunchFailureKind.NotFound,
                $"The program '{name}' was not found; looked in the folders of PATH: {string.Join(", ", folders)}.{hint}");
        return null;
    }

    private static LaunchFailure? Examine(string name, string path)
    {
        if (Directory.Exists(path))
            return new(LaunchFailureKind.NotExecutable, $"The program '{name}' is a folder: {path}.");
        if (!File.Exists(path))
            return new(LaunchFailureKind.NotFound, $"The program '{name}' was not found; looked for {path}.");
        if (LibC.Access(path, LibC.MayExecute) != 0)
        {
            return new(
                LaunchFailureKind.NotExecutable,
                $"The program '{name}' may not be executed: {path}. "
                + $"Allow it (chmod +x), or name the program that reads it, as in 'python3 {name}'.");
        }

        var interpreter = ReadInterpreter(path);
        return interpreter is null || File.Exists(interpreter)
            ? null
            : new(
                LaunchFailureKind.NotExecutable,
                $"The program '{name}' ({path}) is a script for '{interpreter}', which does not exist; its first line says so."
                + (interpreter.EndsWith('\r') ? " The line ends with a carriage return: save the file with Unix line ends." : ""));
    }

    /// <summary>Reads the absolute path after <c>#!</c>, if the file has one.</summary>
    private static string? ReadInterpreter(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[256];
            var text = System.Text.Encoding.UTF8.GetString(start, 0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
            if (!text.StartsWith("#!", StringComparison.Ordinal))
                return null;
            var interpreter = text[2..].Split('\n')[0].TrimStart(' ', '\t').Split(' ', '\t')[0];
            return interpreter.StartsWith('/') ? interpreter : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may be executable without being readable.
            return null;
        }
    }
}
