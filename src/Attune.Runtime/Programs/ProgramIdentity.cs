using Attune.Programs.Portable;
using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>
/// Which running program this is, beyond doubt: a process number is used again sooner or later, a process number with its start is not.
/// </summary>
/// <param name="Host">The machine that it was started on.</param>
/// <param name="ProcessId">Its process number, which is also the number of its process group and of its session.</param>
/// <param name="StartTime">
/// When it was started, in the unit of the operating system: clock ticks since the machine started on Linux, 100 ns ticks since the year 1
/// (UTC) elsewhere. Only meant to be compared.
/// </param>
public sealed record ProgramIdentity(HostIdentity Host, int ProcessId, long StartTime)
{
    private static readonly Lazy<ProgramIdentity> CurrentProgram = new(ReadCurrent);

    /// <summary>The identity of this process.</summary>
    public static ProgramIdentity Current => CurrentProgram.Value;

    private static ProgramIdentity ReadCurrent()
    {
        var id = Environment.ProcessId;
        var start = OperatingSystem.IsWindows() ? PortableProgram.ReadStart(id) : ProcessTable.Find(id)?.StartTime ?? 0;
        return new ProgramIdentity(HostIdentity.Current, id, start);
    }
}
