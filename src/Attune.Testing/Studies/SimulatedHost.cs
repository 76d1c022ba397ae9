using System.Collections.Concurrent;
using Attune.Hosting;

namespace Attune.Testing.Studies;

/// <summary>A machine of simulated processes, so that several workers and their deaths fit into one test.</summary>
/// <param name="name">The name of the machine; processes know nothing of those of other machines.</param>
public sealed class SimulatedHost(string name = "simulated")
{
    private readonly ConcurrentDictionary<int, bool> _alive = new();
    private int _last;

    /// <summary>The name of the machine.</summary>
    public string Name { get; } = name;

    /// <summary>The programs that somebody asked to be ended, as process numbers.</summary>
    public ConcurrentQueue<int> EndedSurvivors { get; } = new();

    /// <summary>Starts a process.</summary>
    public SimulatedProcess Start()
    {
        var number = Interlocked.Increment(ref _last);
        _alive[number] = true;
        return new(this, number);
    }

    internal void Kill(int number) => _alive[number] = false;

    internal bool IsAlive(int number) => _alive.GetValueOrDefault(number);
}

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
