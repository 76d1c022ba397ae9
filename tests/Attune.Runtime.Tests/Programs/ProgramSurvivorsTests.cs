using Attune.Programs;
using Attune.Programs.Unix;

namespace Attune.Runtime.Tests.Programs;

public sealed class ProgramSurvivorsTests
{
    private static readonly HostIdentity Host = new("a", "m", "b1", "pid:[1]");

    [Theory]
    [InlineData("sleep 100000 & echo ready; wait", false)]
    [InlineData("trap '' TERM; sleep 100000 & echo ready; while :; do wait; done", true)]
    public async Task EndAsync_ParentKilled_SurvivorsAreFoundAndEnded(string script, bool mustKill)
    {
        LineCollector lines = new();
        await using RunningProgram victim = ProgramFolder.Launch(Victim.Command(script, opensGate: true) with { OnOutput = lines.Add });
        Task<ProgramExit> run = victim.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        ProgramIdentity survivor = Victim.ParseIdentity(await lines.NextAsync());
        Assert.Equal("ready", await lines.NextAsync());
        Assert.Equal(0, LibC.Kill(victim.Identity.ProcessId, LibC.SignalKill));
        await run;

        Assert.True(ProgramProbe.IsAlive(survivor));
        TimeSpan grace = mustKill ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromHours(1);
        (ProgramPresence found, FamilyEnd end) = await ProgramSurvivors.EndAsync(
            survivor, PoliteSignal.Terminate, grace, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((ProgramPresence.Alive, mustKill), (found, end.WasKilled));
        Assert.Empty(end.Remaining);
        Assert.False(ProgramProbe.IsAlive(survivor));
    }

    [Fact]
    public async Task EndAsync_NumberUsedAgain_TouchesNothing()
    {
        LineCollector lines = new();
        using CancellationTokenSource kill = new();
        await using RunningProgram other = ProgramFolder.Launch(
            ProgramFolder.Shell("echo ready; exec sleep 100000") with { OnOutput = lines.Add });
        Task<ProgramExit> run = other.RunAsync(CancellationToken.None, kill.Token);
        await lines.NextAsync();

        // The same number, but recorded with an earlier start: the program it belonged to is gone.
        ProgramIdentity recorded = other.Identity with { StartTime = other.Identity.StartTime - 1 };
        Assert.False(ProgramProbe.IsAlive(recorded));
        (ProgramPresence found, _) = await ProgramSurvivors.EndAsync(
            recorded, PoliteSignal.Terminate, TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(ProgramPresence.Gone, found);
        Assert.True(ProgramProbe.IsAlive(other.Identity));
        await kill.CancelAsync();
        Assert.Equal(LibC.SignalKill, (await run).Signal);
    }

    [Fact]
    public async Task Look_LeaderGoneButChildLeft_IsAliveUntilItIsEnded()
    {
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(
            ProgramFolder.Shell("sh -c 'echo ready; exec sleep 100000' & read -r line </dev/null; exit 0") with
            {
                OnOutput = lines.Add,
                DrainGrace = TimeSpan.FromHours(1),
            });
        using CancellationTokenSource kill = new();
        Task<ProgramExit> run = program.RunAsync(CancellationToken.None, kill.Token);
        await lines.NextAsync();
        while (ProcessTable.Find(program.Identity.ProcessId) is { IsDead: false })
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.Equal(ProgramPresence.Alive, ProgramProbe.Look(program.Identity));
        await kill.CancelAsync();
        Assert.True((await run).IsSuccess);
        Assert.Equal(ProgramPresence.Gone, ProgramProbe.Look(program.Identity));
    }

    [Fact]
    public void Compare_Hosts_DecideWhereTheyCan()
    {
        Assert.Null(ProgramProbe.Compare(Host, Host with { }));
        Assert.Equal(ProgramPresence.Gone, ProgramProbe.Compare(Host, Host with { BootId = "b2" }));
        Assert.Equal(ProgramPresence.Elsewhere, ProgramProbe.Compare(Host, Host with { BootId = "b2", MachineName = "c" }));
        Assert.Equal(ProgramPresence.Elsewhere, ProgramProbe.Compare(Host, Host with { ProcessNamespace = "pid:[2]" }));
        HostIdentity nameless = Host with { MachineId = "" };
        Assert.Equal(ProgramPresence.Elsewhere, ProgramProbe.Compare(nameless, nameless with { BootId = "b2" }));
    }

    [Fact]
    public void Current_OnThisMachine_IsComplete()
    {
        HostIdentity host = HostIdentity.Current;
        Assert.Equal(Environment.MachineName, host.MachineName);
        Assert.Equal(36, host.BootId.Length);
        Assert.StartsWith("pid:[", host.ProcessNamespace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("a;b;c")]
    public void FromText_WhatToStringWrote_IsTheSameHost(string name)
    {
        HostIdentity host = Host with { MachineName = name };
        Assert.Equal(host, HostIdentity.FromText(host.ToString()));
    }

    [Fact]
    public void FromText_OtherText_IsAnUnknownMachine() =>
        Assert.Equal(ProgramPresence.Elsewhere, ProgramProbe.Compare(HostIdentity.FromText("somewhere"), HostIdentity.Current));

    [Fact]
    public void Current_ThisProcess_IsAlive()
    {
        Assert.Equal(Environment.ProcessId, ProgramIdentity.Current.ProcessId);
        Assert.True(ProgramProbe.IsAlive(ProgramIdentity.Current));
        Assert.False(ProgramProbe.IsAlive(ProgramIdentity.Current with { StartTime = ProgramIdentity.Current.StartTime - 1 }));
    }

    [Fact]
    public void ParseStat_NameWithParenthesesAndBlanks_IsSkipped()
    {
        const string Line = "42 (a) b) (c) S 7 40 39 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 123456 1 2";
        Assert.Equal(new ProcessEntry(42, 7, 40, 39, 123456, false), ProcessTable.ParseStat(Line));
        string mainThreadEnded = Line.Replace(" S ", " Z ", StringComparison.Ordinal);
        string zombie = mainThreadEnded.Replace(" 20 0 3 ", " 20 0 1 ", StringComparison.Ordinal);
        Assert.False(ProcessTable.ParseStat(mainThreadEnded)!.Value.IsDead);
        Assert.True(ProcessTable.ParseStat(zombie)!.Value.IsDead);
    }

    [Fact]
    public void ParsePs_LinesOfMacOs_AreRead()
    {
        ProcessEntry entry = Assert.Single(ProcessTable.ParsePs("  501     1   500 Ss   Mon Nov  3 14:07:47 2025\n\n"));
        Assert.Equal(new ProcessEntry(501, 1, 500, 500, new DateTime(2025, 11, 3, 14, 7, 47, DateTimeKind.Utc).Ticks, false), entry);
    }

    [Fact]
    public void Select_Table_FindsSessionGroupAndDescendants()
    {
        ProgramFamily family = new(100, 50);
        ProcessEntry leader = new(100, 1, 100, 100, 50, false);
        ProcessEntry otherGroup = new(101, 100, 101, 100, 51, false);
        ProcessEntry ownSession = new(102, 101, 102, 102, 52, false);
        ProcessEntry below = new(103, 102, 102, 102, 53, false);
        ProcessEntry stranger = new(104, 1, 104, 104, 54, false);
        ProcessEntry zombie = new(105, 100, 100, 100, 55, true);
        Assert.Equal([100, 101, 102, 103], family.Select([leader, otherGroup, ownSession, below, stranger, zombie]).Select(e => e.Id));

        // Who was seen once stays known when the parents in between have ended, unless the number is used again.
        Assert.Equal([102, 103], family.Select([ownSession with { ParentId = 1 }, below, stranger]).Select(e => e.Id));
        Assert.Empty(family.Select([ownSession with { ParentId = 1, StartTime = 60 }, stranger]));
    }

    [Fact]
    public void Select_LeadersNumberUsedAgain_LeavesTheNewSessionAlone()
    {
        ProcessEntry newLeader = new(100, 1, 100, 100, 90, false);
        ProcessEntry newMember = new(101, 100, 100, 100, 91, false);
        Assert.Empty(new ProgramFamily(100, 50).Select([newLeader, newMember]));
    }
}
