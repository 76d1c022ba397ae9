using System.ComponentModel;
using System.Diagnostics;

namespace Attune.Programs.Portable;

/// <summary>
/// The fallback for Windows: no gate (the program runs as soon as it is started), no polite signal (it is killed with its process
/// tree), and
/// processes whose parent has ended are not found.
/// </summary>
internal sealed class PortableProgram : ProgramProcess
{
    private readonly Process _process;

    private PortableProgram(Process process)
    {
        _process = process;
        ProcessId = process.Id;
        StartTime = ReadStart(process);
        Ended = process.WaitForExitAsync();
        Output = new StreamSource(process.StandardOutput.BaseStream);
        Error = new StreamSource(process.StandardError.BaseStream);
        process.StandardInput.Close();
    }

    public override int ProcessId { get; }

    public override long StartTime { get; }

    public override OutputSource Output { get; }

    public override OutputSource Error { get; }

    public override Task Ended { get; }

    public static PortableProgram? Start(
        IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> environment, out LaunchFailure? failure)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach ((var name, var value) in environment)
            info.Environment[name] = value;
        try
        {
            failure = null;
            return new PortableProgram(Process.Start(info)!);
        }
        catch (Win32Exception exception)
        {
            failure = new(LaunchFailureKind.NotFound, $"The program '{command[0]}' could not be started in {folder}: {exception.Message}");
            return null;
        }
    }

    public static bool IsAlive(ProgramIdentity program)
    {
        using var process = Find(program);
        return process is not null;
    }

    public static long ReadStart(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return ReadStart(process);
    }

    /// <summary>Kills a program that is not a child of this process, with its process tree.</summary>
    public static async Task<FamilyEnd> KillAsync(ProgramIdentity program)
    {
        using var process = Find(program);
        if (process is null)
            return new FamilyEnd(false, []);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return new FamilyEnd(true, []);
    }

    public override void Open()
    {
        // There is no gate here.
    }

    public override async Task<FamilyEnd> EndFamilyAsync(PoliteSignal? signal, TimeSpan grace, TimeProvider time, CancellationToken hurry)
    {
        if (_process.HasExited)
            return new FamilyEnd(false, []);
        _process.Kill(entireProcessTree: true);
        await Ended.ConfigureAwait(false);
        return new FamilyEnd(true, []);
    }

    public override (int? ExitCode, int? Signal) Collect() => (_process.ExitCode, null);

    public override async ValueTask DisposeAsync()
    {
        await EndFamilyAsync(null, TimeSpan.Zero, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        Output.Dispose();
        Error.Dispose();
        _process.Dispose();
    }

    private static Process? Find(ProgramIdentity program)
    {
        try
        {
            var process = Process.GetProcessById(program.ProcessId);
            if (!process.HasExited && ReadStart(process) == program.StartTime)
                return process;
            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static long ReadStart(Process process)
    {
        try
        {
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }
}
