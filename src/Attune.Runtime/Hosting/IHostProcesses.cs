namespace Attune.Hosting;

/// <summary>
/// What a study needs to know of processes on this machine: who it is itself, whether others live, and how to end what they left behind.
/// </summary>
public interface IHostProcesses
{
    /// <summary>The machine, including its boot, so that process numbers mean something.</summary>
    string Host { get; }

    /// <summary>The number of this process.</summary>
    int ProcessId { get; }

    /// <summary>When this process started, in the host's own units.</summary>
    long ProcessStart { get; }

    /// <summary>Whether a process lives; null when it belongs to another machine, so that nobody here can tell.</summary>
    /// <param name="host">The machine that it ran on.</param>
    /// <param name="processId">Its number there.</param>
    /// <param name="processStart">When it started.</param>
    bool? IsAlive(string host, int processId, long processStart);

    /// <summary>
    /// Ends a program, with its whole session, that somebody who is gone left behind on this machine. Harmless when it has ended.
    /// </summary>
    /// <param name="host">The machine that it ran on; on another one nothing is done.</param>
    /// <param name="processId">The number of the program, which is also that of its session.</param>
    /// <param name="processStart">When it started; a reused number is left alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndSurvivorAsync(string host, int processId, long processStart, CancellationToken cancellationToken);
}
