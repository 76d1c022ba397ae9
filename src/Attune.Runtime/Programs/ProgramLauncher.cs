using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using Attune.Programs.Portable;
using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>Starts programs behind a gate, each in a session of its own.</summary>
internal static class ProgramLauncher
{
    private const int ArgumentsTooLong = 7;

    /// <summary>Starts a program, which does not run before <see cref="RunningProgram.RunAsync"/>.</summary>
    /// <param name="settings">How to run it.</param>
    /// <param name="time">The clock for its limits.</param>
    /// <param name="failure">Why it could not be started.</param>
    /// <returns>The program; null when it could not be started.</returns>
    public static RunningProgram? Launch(ProgramSettings settings, TimeProvider time, out LaunchFailure? failure)
    {
        var folder = Path.GetFullPath(settings.WorkingFolder ?? Environment.CurrentDirectory);
        var environment = MakeEnvironment(settings.Environment);
        failure = Check(settings, folder);
        if (failure is not null)
            return null;
        ProgramProcess? process = OperatingSystem.IsWindows()
            ? PortableProgram.Start(settings.Command, folder, environment, out failure)
            : StartUnix(settings.Command, folder, environment, out failure);
        return process is null ? null : new RunningProgram(process, settings, time);
    }

    private static UnixProgram? StartUnix(
        IReadOnlyList<string> command, string folder, Dictionary<string, string> environment, out LaunchFailure? failure)
    {
        var path = ProgramFinder.Find(command[0], folder, environment, out failure);
        if (path is null)
            return null;
        var gated = UnixGate.MakeCommand(folder, path, command.Skip(1), environment);
        var program = UnixProgram.Start(gated, environment, out var error);
        if (program is null)
        {
            var hint = error == ArgumentsTooLong
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" The longest of {command.Count} arguments has {command.Max(a => a.Length)} characters; pass long ones by a file.")
                : "";
            failure = new(
                LaunchFailureKind.Refused,
                $"The system did not start '{path}': {Marshal.GetPInvokeErrorMessage(error)}.{hint}");
        }

        return program;
    }

    private static LaunchFailure? Check(ProgramSettings settings, string folder)
    {
        if (settings.Command.Count == 0)
            return new(LaunchFailureKind.NotFound, "The command is empty; it starts with the program to run.");
        for (var i = 0; i < settings.Command.Count; i++)
        {
            if (NativeStrings.FindObstacle(settings.Command[i]) is { } obstacle)
            {
                return new(
                    LaunchFailureKind.BadArgument,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Argument {i} of the program '{settings.Command[0].Replace('\0', '?')}' {obstacle}."));
            }
        }

        foreach ((var name, var value) in settings.Environment)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal))
                return new(LaunchFailureKind.BadArgument, $"'{name}' cannot be the name of a variable: it must not be empty nor hold '='.");
            if ((NativeStrings.FindObstacle(name) ?? NativeStrings.FindObstacle(value ?? "")) is { } obstacle)
                return new(LaunchFailureKind.BadArgument, $"The variable '{name.Replace('\0', '?')}' {obstacle}.");
        }

        if (File.Exists(folder))
            return new(LaunchFailureKind.BadWorkingFolder, $"The working folder of '{settings.Command[0]}' is a file: {folder}.");
        if (!Directory.Exists(folder))
            return new(LaunchFailureKind.BadWorkingFolder, $"The working folder of '{settings.Command[0]}' does not exist: {folder}.");
        return OperatingSystem.IsWindows() || LibC.Access(folder, LibC.MayExecute) == 0
            ? null
            : new(LaunchFailureKind.BadWorkingFolder, $"The working folder of '{settings.Command[0]}' may not be entered: {folder}.");
    }

    private static Dictionary<string, string> MakeEnvironment(IReadOnlyDictionary<string, string?> changes)
    {
        var names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var environment = new Dictionary<string, string>(names);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            // Names without a value and Windows' hidden per-drive folders cannot be passed on.
            if (variable.Key is string { Length: > 0 } name && variable.Value is string value && name[0] != '=')
                environment[name] = value;
        }

        foreach ((var name, var value) in changes)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = value;
        }

        return environment;
    }
}
