using System.Globalization;
using Attune.Programs;

namespace Attune.Hosting;

/// <summary>The processes of this machine.</summary>
public sealed class HostProcesses : IHostProcesses
{
    private static readonly TimeSpan SurvivorGrace = TimeSpan.FromSeconds(10);

    private HostProcesses()
    {
        Host = ProgramIdentity.Current.Host.ToString();
        ProcessId = ProgramIdentity.Current.ProcessId;
        ProcessStart = ProgramIdentity.Current.StartTime;
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
    /// <remarks>Only that very process counts: what it left behind in its session does not make a dead worker alive.</remarks>
    public bool? IsAlive(string host, int processId, long processStart) =>
        ProgramProbe.LookAtProcess(new(HostIdentity.FromText(host), processId, processStart)) switch
        {
            ProgramPresence.Alive => true,
            ProgramPresence.Gone => false,
            _ => null,
        };

    /// <inheritdoc/>
    /// <remarks>It is asked politely (SIGTERM), and killed after ten seconds, or as soon as the caller gives up.</remarks>
    /// <exception cref="TimeoutException">The system could not end it; running it again would run it twice.</exception>
    public async Task EndSurvivorAsync(string host, int processId, long processStart, CancellationToken cancellationToken)
    {
        var program = new ProgramIdentity(HostIdentity.FromText(host), processId, processStart);
        var (_, end) = await ProgramSurvivors.EndAsync(
            program, PoliteSignal.Terminate, SurvivorGrace, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        if (end.Remaining.Count == 0)
            return;
        var remaining = string.Join(", ", end.Remaining.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        throw new TimeoutException(
            $"A program that an earlier worker left behind does not end, even when it is killed (process {remaining}). Its trial is not "
            + "run again beside it: find out what holds it (a device or a network drive that does not answer), then run the study again.");
    }
}
