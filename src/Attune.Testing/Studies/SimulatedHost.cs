using System.Collections.Concurrent;

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
