using System.Globalization;
using System.Text;

namespace Attune.Programs.Unix;

/// <summary>Reads the system's table of processes: <c>/proc</c> on Linux, <c>ps</c> elsewhere.</summary>
internal static class ProcessTable
{
    /// <returns>The process with this number, dead or alive; null when there is none.</returns>
    public static ProcessEntry? Find(int processId)
    {
        if (OperatingSystem.IsLinux())
            return ReadStat(processId);
        foreach (var entry in ReadFromPs("-p", processId.ToString(CultureInfo.InvariantCulture)))
            return entry;
        return null;
    }

    /// <returns>All processes. Those that end meanwhile may be missing.</returns>
    public static List<ProcessEntry> ReadAll()
    {
        if (!OperatingSystem.IsLinux())
            return ReadFromPs("-A");

        var entries = new List<ProcessEntry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ReadStat(id) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Reads a line of <c>/proc/PID/stat</c>, see proc_pid_stat(5).</summary>
    internal static ProcessEntry? ParseStat(string stat)
    {
        // The name, in parentheses, is chosen by the program and may hold blanks and parentheses itself.
        var name = stat.IndexOf('(', StringComparison.Ordinal);
        var end = stat.LastIndexOf(')');
        if (name < 0 || end < 0 || end + 2 >= stat.Length)
            return null;
        var fields = stat[(end + 2)..].Split(' ');
        if (fields.Length < 20)
            return null;

        // Fields are numbered from 1 in the manual; the first one after the name is number 3.
        var threads = int.Parse(fields[20 - 3], CultureInfo.InvariantCulture);

        // A process whose main thread has ended shows as a zombie although its other threads run on.
        var isDead = fields[0] is "X" or "x" || (fields[0] == "Z" && threads <= 1);
        return new ProcessEntry(
            int.Parse(stat.AsSpan(0, name).Trim(), CultureInfo.InvariantCulture),
            int.Parse(fields[4 - 3], CultureInfo.InvariantCulture),
            int.Parse(fields[5 - 3], CultureInfo.InvariantCulture),
            int.Parse(fields[6 - 3], CultureInfo.InvariantCulture),
            long.Parse(fields[22 - 3], CultureInfo.InvariantCulture),
            isDead);
    }

    /// <summary>Reads what <c>ps -o pid=,ppid=,pgid=,stat=,lstart=</c> prints with C locale and UTC.</summary>
    internal static List<ProcessEntry> ParsePs(string output)
    {
        var entries = new List<ProcessEntry>();
        foreach (var line in output.Split('\n'))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 9
                || !DateTime.TryParseExact(
                    string.Join(' ', fields[4..9]),
                    "ddd MMM d HH:mm:ss yyyy",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var start))
                continue;
            var group = int.Parse(fields[2], CultureInfo.InvariantCulture);
            entries.Add(new ProcessEntry(
                int.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                group,
                group,
                start.Ticks,
                fields[3].StartsWith('Z')));
        }

        return entries;
    }

    private static List<ProcessEntry> ReadFromPs(params ReadOnlySpan<string> selection) =>
        ParsePs(SystemTool.Read("/bin/ps", [.. selection, "-o", "pid=,ppid=,pgid=,stat=,lstart="]));

    private static ProcessEntry? ReadStat(int processId)
    {
        try
        {
            return ParseStat(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"), Encoding.Latin1));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
