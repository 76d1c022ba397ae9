namespace Attune.Runtime.Programs;

/// <summary>Which machine, since which start of it, and which table of processes a process number belongs to.</summary>
/// <param name="MachineName">The name of the machine.</param>
/// <param name="MachineId">The lasting id of the installation (<c>/etc/machine-id</c>); empty where there is none.</param>
/// <param name="BootId">The id that changes whenever the machine starts; empty where there is none.</param>
/// <param name="ProcessNamespace">
/// The namespace that process numbers count in, as containers have one each; empty where there is none.
/// </param>
public sealed record HostIdentity(string MachineName, string MachineId, string BootId, string ProcessNamespace)
{
    private static readonly Lazy<HostIdentity> CurrentHost = new(HostReader.Read);

    /// <summary>The host of this process.</summary>
    public static HostIdentity Current => CurrentHost.Value;
}
