namespace Attune.Programs.Unix;

/// <summary>
/// The gate that a program is started behind: a shell that waits for one line, and then becomes the program, keeping its process
/// number. When
/// the process that started it dies first, the shell finds its input closed and ends, and the program never runs.
/// </summary>
internal static class UnixGate
{
    public const string Shell = "/bin/sh";

    /// <summary>
    /// Arguments of the script: the working folder, the absolute path of the program, its arguments. They are only passed on
    /// (<c>"$@"</c>), never
    /// read as shell text.
    /// </summary>
    private const string Script = """
        read -r ATTUNE_GATE && [ "$ATTUNE_GATE" = open ] || exit 125
        cd -- "$1" || exit 125
        shift
        exec "$@" </dev/null
        """;

    /// <summary>Makes the command line of the shell.</summary>
    /// <param name="folder">The absolute path of the working folder.</param>
    /// <param name="program">The absolute path of the program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">
    /// Its environment. A shell drops variables whose names it could not use itself, so those go round it.
    /// </param>
    public static List<string> MakeCommand(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        List<string> command = [Shell, "-c", Script, "attune-gate", folder];
        List<string> unusual = [.. environment.Where(v => !IsShellName(v.Key)).Select(v => v.Key + "=" + v.Value)];
        if (unusual.Count > 0)
        {
            command.Add("/usr/bin/env");
            command.AddRange(unusual);
        }

        command.Add(program);
        command.AddRange(arguments);
        return command;
    }

    // The shell keeps its line in a variable of its own.
    private static bool IsShellName(string name) =>
        name != "ATTUNE_GATE" && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
