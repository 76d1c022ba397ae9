using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

/// <summary>A folder of its own for the programs of a test, and short ways to run them.</summary>
internal sealed class ProgramFolder : IDisposable
{
    public ProgramFolder() => Path = Directory.CreateTempSubdirectory("attune-programs-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static ProgramSettings Shell(string script, params string[] arguments) =>
        new() { Command = ["/bin/sh", "-c", script, "sh", .. arguments] };

    public static Task<ProgramExit> RunAsync(ProgramSettings settings) =>
        RunAsync(settings, CancellationToken.None, TestContext.Current.CancellationToken);

    public static async Task<ProgramExit> RunAsync(ProgramSettings settings, CancellationToken stop, CancellationToken kill)
    {
        await using RunningProgram program = Launch(settings);
        return await program.RunAsync(stop, kill);
    }

    public static RunningProgram Launch(ProgramSettings settings, TimeProvider? time = null)
    {
        RunningProgram? program = ProgramLauncher.Launch(settings, time ?? TimeProvider.System, out LaunchFailure? failure);
        Assert.True(program is not null, failure?.Message);
        return program;
    }

    public string WriteScript(string name, string text)
    {
        File.WriteAllText(this[name], text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
