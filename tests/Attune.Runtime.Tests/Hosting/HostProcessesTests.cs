using Attune.Hosting;
using Attune.Programs;
using Attune.Programs.Unix;
using Attune.Runtime.Tests.Programs;

namespace Attune.Runtime.Tests.Hosting;

public sealed class HostProcessesTests
{
    private static HostProcesses Processes => HostProcesses.Instance;

    [Fact]
    public void IsAlive_ThisProcess_IsTrueAndItsNumberWithAnotherStartIsNot()
    {
        Assert.Equal(Environment.ProcessId, Processes.ProcessId);
        Assert.True(Processes.IsAlive(Processes.Host, Processes.ProcessId, Processes.ProcessStart));
        Assert.False(Processes.IsAlive(Processes.Host, Processes.ProcessId, Processes.ProcessStart - 1));
    }

    [Fact]
    public void IsAlive_OtherHostOrOtherBoot_IsUnknownOrFalse()
    {
        var host = HostIdentity.Current with { MachineId = "m" };
        Assert.Null(Processes.IsAlive("somewhere", Processes.ProcessId, Processes.ProcessStart));
        Assert.Null(Processes.IsAlive(host.ToString(), Processes.ProcessId, Processes.ProcessStart));
        if (HostIdentity.Current.MachineId.Length > 0)
        {
            var earlierBoot = HostIdentity.Current with { BootId = "earlier" };
            Assert.False(Processes.IsAlive(earlierBoot.ToString(), Processes.ProcessId, Processes.ProcessStart));
        }
    }

    [Fact]
    public async Task EndSurvivorAsync_LeaderDeadAndChildLeft_IsNotAliveAndItsSessionIsEnded()
    {
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(
            ProgramFolder.Shell("sh -c 'echo ready; exec sleep 100000' & read -r line </dev/null; exit 0") with
            {
                OnOutput = lines.Add,
                DrainGrace = TimeSpan.FromHours(1),
            });
        Task<ProgramExit> run = program.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        await lines.NextAsync();
        var (id, start) = (program.Identity.ProcessId, program.Identity.StartTime);
        while (ProcessTable.Find(id) is { IsDead: false })
            await Task.Delay(1, TestContext.Current.CancellationToken);

        Assert.False(Processes.IsAlive(Processes.Host, id, start));
        Assert.Equal(ProgramPresence.Alive, ProgramProbe.Look(program.Identity));
        await Processes.EndSurvivorAsync(Processes.Host, id, start, TestContext.Current.CancellationToken);
        Assert.Equal(ProgramPresence.Gone, ProgramProbe.Look(program.Identity));
        Assert.True((await run).IsSuccess);
    }
}
