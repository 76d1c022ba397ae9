using Attune.Hosting;

namespace Attune.Simulation;

/// <summary>The machine of a simulation: the same wherever it is simulated, and without programs.</summary>
internal sealed class SimulatedProcesses : IHostProcesses
{
    internal static readonly SimulatedProcesses Instance = new();

    public string Host => "simulated";

    public int ProcessId => 1;

    public long ProcessStart => 1;

    public bool? IsAlive(string host, int processId, long processStart) => null;

    public Task EndSurvivorAsync(string host, int processId, long processStart, CancellationToken cancellationToken) => Task.CompletedTask;
}
