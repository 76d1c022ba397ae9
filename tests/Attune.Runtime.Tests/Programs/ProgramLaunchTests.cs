using Attune.Programs;
using Attune.Programs.Unix;

namespace Attune.Runtime.Tests.Programs;

public sealed class ProgramLaunchTests
{
    [Theory]
    [InlineData("no-such-program", nameof(LaunchFailureKind.NotFound), "looked in the folders of PATH: ")]
    [InlineData("./no-such-program", nameof(LaunchFailureKind.NotFound), "looked for ")]
    [InlineData("plain", nameof(LaunchFailureKind.NotFound), "write './plain' to run it")]
    [InlineData("./plain", nameof(LaunchFailureKind.NotExecutable), "chmod +x")]
    [InlineData("./", nameof(LaunchFailureKind.NotExecutable), "is a folder")]
    [InlineData("./orphan", nameof(LaunchFailureKind.NotExecutable), "'/no/such/interpreter', which does not exist")]
    [InlineData("./windows", nameof(LaunchFailureKind.NotExecutable), "carriage return")]
    [InlineData("", nameof(LaunchFailureKind.NotFound), "empty")]
    public void Launch_ProgramThatCannotRun_SaysWhy(string program, string kind, string reason)
    {
        using ProgramFolder folder = new();
        File.WriteAllText(folder["plain"], "echo");
        folder.WriteScript("orphan", "#!/no/such/interpreter -x\n");
        folder.WriteScript("windows", "#!/bin/sh\r\necho\r\n");
        ProgramSettings settings = new() { Command = [program], WorkingFolder = folder.Path };
        Assert.Null(ProgramLauncher.Launch(settings, TimeProvider.System, out LaunchFailure? failure));
        Assert.Equal(kind, failure!.Kind.ToString());
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_WorkingFolderMissing_SaysWhich()
    {
        using ProgramFolder folder = new();
        ProgramSettings settings = new() { Command = ["sh"], WorkingFolder = folder["missing"] };
        Assert.Null(ProgramLauncher.Launch(settings, TimeProvider.System, out LaunchFailure? failure));
        Assert.Equal(LaunchFailureKind.BadWorkingFolder, failure!.Kind);
        Assert.Contains(folder["missing"], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ScriptByRelativePath_RunsInWorkingFolder()
    {
        using ProgramFolder folder = new();
        folder.WriteScript("a script", "#!/bin/sh\nexit 7\n");
        Assert.Equal(7, (await ProgramFolder.RunAsync(new() { Command = ["./a script"], WorkingFolder = folder.Path })).ExitCode);
    }

    [Fact]
    public async Task RunAsync_Program_LeadsItsSessionAndGroup()
    {
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(ProgramFolder.Shell("cat /proc/$$/stat") with { OnOutput = lines.Add });
        await program.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        ProcessEntry entry = ProcessTable.ParseStat(Assert.Single(lines.Rest()))!.Value;
        int id = program.Identity.ProcessId;
        Assert.Equal((id, id, id, program.Identity.StartTime), (entry.Id, entry.GroupId, entry.SessionId, entry.StartTime));
    }

    [Fact]
    public async Task Launch_BeforeTheGateOpens_ProgramIsAliveButHasNotRun()
    {
        using ProgramFolder folder = new();
        RunningProgram program = ProgramFolder.Launch(ProgramFolder.Shell("touch \"$1\"", folder["marker"]));
        Assert.True(ProgramProbe.IsAlive(program.Identity));
        await program.DisposeAsync();
        Assert.False(ProgramProbe.IsAlive(program.Identity));
        Assert.False(File.Exists(folder["marker"]));
    }

    [Fact]
    public async Task Launch_ParentKilledBeforeTheGateOpens_NeverRunsTheProgram()
    {
        using ProgramFolder folder = new();
        LineCollector lines = new();
        await using RunningProgram victim = ProgramFolder.Launch(
            Victim.Command($"touch '{folder["marker"]}'", opensGate: false) with { OnOutput = lines.Add });
        Task<ProgramExit> run = victim.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        ProgramIdentity held = Victim.ParseIdentity(await lines.NextAsync());
        Assert.True(ProgramProbe.IsAlive(held));

        Assert.Equal(0, LibC.Kill(victim.Identity.ProcessId, LibC.SignalKill));
        Assert.Equal(LibC.SignalKill, (await run).Signal);
        while (ProgramProbe.IsAlive(held))
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(folder["marker"]));
    }
}
