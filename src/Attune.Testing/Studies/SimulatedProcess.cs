using Attune.Hosting;

namespace Attune.Testing.Studies;

/// <summary>A process of a <see cref="SimulatedHost"/>.</summary>
public sealed class SimulatedProcess : IHostProcesses
{
    private readonly SimulatedHost _host;

    internal SimulatedProcess(SimulatedHost host, int number) => (_host, ProcessId) = (host, number);

    /// <inheritdoc/>
    public string Host => _host.Name;

    /// <inheritdoc/>
    public int ProcessId { get; }

    /// <inheritdoc/>
    public long ProcessStart => ProcessId;

    /// <summary>Ends it without a word.</summary>
    public void Kill() => _host.Kill(ProcessId);

    /// <inheritdoc/>
    public bool? IsAlive(string host, int processId, long processStart) => host == Host ? _host.IsAlive(processId) : null;

    /// <inheritdoc/>
    public Task EndSurvivorAsync(string host, int processId, long processStart, CancellationToken cancellationToken)
    {
        _host.EndedSurvivors.Enqueue(processId);
        return Task.CompletedTask;
    }
}
