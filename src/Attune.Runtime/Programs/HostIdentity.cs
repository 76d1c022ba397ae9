namespace Attune.Programs;

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

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text; one that is not of that form is taken as the name of an unknown machine.</param>
    /// <returns>The host.</returns>
    public static HostIdentity FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(';', 4);
        return parts.Length == 4 ? new HostIdentity(parts[3], parts[0], parts[1], parts[2]) : new HostIdentity(text, "", "", "");
    }

    /// <summary>Writes the host as one text, for the journal: machine id, boot id, namespace and name, between semicolons.</summary>
    /// <returns>The text, which <see cref="FromText"/> reads.</returns>
    public override string ToString() => $"{MachineId};{BootId};{ProcessNamespace};{MachineName}";
}
