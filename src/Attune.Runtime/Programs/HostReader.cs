using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>Reads the identity of the host from the operating system.</summary>
internal static class HostReader
{
    public static HostIdentity Read()
    {
        if (OperatingSystem.IsLinux())
        {
            var machineId = ReadLine("/etc/machine-id");
            return new HostIdentity(
                Environment.MachineName,
                machineId.Length > 0 ? machineId : ReadLine("/var/lib/dbus/machine-id"),
                ReadLine("/proc/sys/kernel/random/boot_id"),
                ReadLink("/proc/self/ns/pid"));
        }

        var bootId = OperatingSystem.IsMacOS() ? SystemTool.Read("/usr/sbin/sysctl", "-n", "kern.bootsessionuuid").Trim() : "";
        return new HostIdentity(Environment.MachineName, "", bootId, "");
    }

    private static string ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ReadLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
