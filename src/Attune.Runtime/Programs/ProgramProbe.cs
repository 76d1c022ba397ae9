using Attune.Programs.Portable;
using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>Says whether a program that was started earlier, by whichever process, still runs.</summary>
internal static class ProgramProbe
{
    /// <summary>Whether the program, or a process that it left in its session, runs on this machine.</summary>
    public static bool IsAlive(ProgramIdentity program) => Look(program) == ProgramPresence.Alive;

    /// <summary>What can be said of the program from here.</summary>
    public static ProgramPresence Look(ProgramIdentity program)
    {
        if (Compare(program.Host, HostIdentity.Current) is { } presence)
            return presence;
        if (OperatingSystem.IsWindows())
            return PortableProgram.IsAlive(program) ? ProgramPresence.Alive : ProgramPresence.Gone;
        var lives = new ProgramFamily(program.ProcessId, program.StartTime).FindLiving().Count > 0;
        return lives ? ProgramPresence.Alive : ProgramPresence.Gone;
    }

    /// <summary>What can be said from here of one process alone, whatever it left behind.</summary>
    public static ProgramPresence LookAtProcess(ProgramIdentity process)
    {
        if (Compare(process.Host, HostIdentity.Current) is { } presence)
            return presence;
        var lives = OperatingSystem.IsWindows()
            ? PortableProgram.IsAlive(process)
            : ProcessTable.Find(process.ProcessId) is { IsDead: false } entry && entry.StartTime == process.StartTime;
        return lives ? ProgramPresence.Alive : ProgramPresence.Gone;
    }

    /// <returns>What follows from the hosts alone; null when they are the same and the table of processes decides.</returns>
    internal static ProgramPresence? Compare(HostIdentity recorded, HostIdentity current)
    {
        if (recorded == current)
            return null;

        // The same machine with another boot id has restarted, which ends everything. Images of containers share their machine id,
        // so the name must agree as well.
        var sameMachine = recorded.MachineId.Length > 0
            && recorded.MachineId == current.MachineId
            && recorded.MachineName == current.MachineName;
        return sameMachine && recorded.BootId != current.BootId ? ProgramPresence.Gone : ProgramPresence.Elsewhere;
    }
}
