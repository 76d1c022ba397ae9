using System.Diagnostics;
using System.Globalization;

namespace Attune.Hosting;

/// <summary>The processes of this machine.</summary>
public sealed class HostProcesses : IHostProcesses
{
    private HostProcesses()
    {
        using var self = Process.GetCurrentProcess();
        ProcessId = self.Id;
        ProcessStart = self.StartTime.ToUniversalTime().Ticks;
        Host = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}");
    }

    /// <summary>The only instance.</summary>
    public static HostProcesses Instance { get; } = new();

    /// <inheritdoc/>
    public string Host { get; }

    /// <inheritdoc/>
    public int ProcessId { get; }

    /// <inheritdoc/>
    public long ProcessStart { get; }

    /// <inheritdoc/>
    public bool? IsAlive(string host, int processId, long processStart) => null;

    /// <inheritdoc/>
    public Task EndSurvivorAsync(string host, int processId, long processStart, CancellationToken cancellationToken) => Task.CompletedTask;
}
