using System.Globalization;
using Attune.Programs;
using Attune.Programs.Unix;
using Attune.Testing.Studies;

namespace Attune.Runtime.Tests.Programs;

public sealed class ProgramEndTests
{
    // A shell that has just forked may swallow a signal before its child is a program of its own: the child itself says when it is.
    private const string SleeperSaysReady = " sh -c 'echo ready; exec sleep 100000'";

    private static readonly TimeSpan Forever = TimeSpan.FromHours(10);

    [Fact]
    public async Task RunAsync_PoliteSignal_LetsTheProgramFinish()
    {
        (ProgramExit exit, List<string> rest) = await StopWhenReadyAsync(
            "trap 'echo saved; exit 3' TERM;" + SleeperSaysReady + " & wait", s => s with { Grace = Forever });
        Assert.Equal((ProgramEnd.Stopped, 3, false), (exit.End, exit.ExitCode, exit.WasKilled));
        Assert.Equal(["saved"], rest);
    }

    [Fact]
    public async Task RunAsync_OtherPoliteSignal_IsTheOneSent()
    {
        (ProgramExit exit, _) = await StopWhenReadyAsync(
            "trap 'exit 4' HUP; trap '' TERM;" + SleeperSaysReady + " & wait",
            s => s with { Grace = Forever, Signal = PoliteSignal.HangUp });
        Assert.Equal(4, exit.ExitCode);
    }

    [Fact]
    public async Task RunAsync_WrapperDiesAtOnce_ItsChildStillGetsItsGrace()
    {
        (ProgramExit exit, List<string> rest) = await StopWhenReadyAsync(
            "(trap \"until grep -q ') Z ' /proc/$$/stat; do :; done; echo saved; exit 0\" TERM;" + SleeperSaysReady + " & wait) & wait",
            s => s with { Grace = Forever });
        Assert.Equal((15, false), (exit.Signal, exit.WasKilled));
        Assert.Equal(["saved"], rest);
    }

    [Fact]
    public async Task RunAsync_SignalIgnored_KillsAfterTheGrace()
    {
        (ProgramExit exit, _) = await StopWhenReadyAsync(
            "trap '' TERM; echo ready; while :; do sleep 100000; done", s => s with { Grace = TimeSpan.FromMilliseconds(50) });
        Assert.Equal((ProgramEnd.Stopped, LibC.SignalKill, true), (exit.End, exit.Signal, exit.WasKilled));
        Assert.StartsWith("stopped after ", exit.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_KillRequestedDuringTheGrace_KillsAtOnce()
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource kill = new();
        LineCollector lines = new();
        Task<ProgramExit> run = ProgramFolder.RunAsync(
            ProgramFolder.Shell("trap 'echo asked' TERM; echo ready; while :; do sleep 100000 & wait; done") with
            {
                OnOutput = lines.Add,
                Grace = Forever,
            },
            stop.Token,
            kill.Token);
        Assert.Equal("ready", await lines.NextAsync());
        await stop.CancelAsync();
        Assert.Equal("asked", await lines.NextAsync());
        await kill.CancelAsync();
        Assert.Equal(LibC.SignalKill, (await run).Signal);
    }

    [Fact]
    public async Task RunAsync_StoppedProgram_DiesToo()
    {
        (ProgramExit exit, _) = await StopWhenReadyAsync("echo ready; kill -STOP $$; sleep 100000", s => s with { Grace = Forever });
        Assert.Equal((ProgramEnd.Stopped, 15), (exit.End, exit.Signal));
    }

    [Fact]
    public async Task RunAsync_TreeOfThreeLevels_AllAreDeadAfterwards()
    {
        const string Tree =
            """
            setsid sh -c 'trap "" TERM; echo $$; sh -c "echo \$\$; sleep 100000 & echo \$!; echo ready; wait" & wait; wait' &
            wait
            """;
        using CancellationTokenSource stop = new();
        LineCollector lines = new();
        Task<ProgramExit> run = ProgramFolder.RunAsync(
            ProgramFolder.Shell(Tree) with { OnOutput = lines.Add, Grace = TimeSpan.FromMilliseconds(50) },
            stop.Token,
            TestContext.Current.CancellationToken);
        List<int> tree = [];
        for (string line = await lines.NextAsync(); line != "ready"; line = await lines.NextAsync())
            tree.Add(int.Parse(line, CultureInfo.InvariantCulture));
        Assert.Equal(3, tree.Count);
        Assert.All(tree, id => Assert.True(IsAlive(id)));
        await stop.CancelAsync();
        await run;
        Assert.All(tree, id => Assert.False(IsAlive(id)));
    }

    [Fact]
    public async Task RunAsync_ProgramLeavesChildrenBehind_TheyAreKilled()
    {
        LineCollector lines = new();
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("sh -c 'trap \"\" TERM; sleep 100000' >/dev/null 2>&1 & echo $!") with
            {
                OnOutput = lines.Add,
                DrainGrace = Forever,
            });
        Assert.True(exit.IsSuccess);
        Assert.False(IsAlive(int.Parse(Assert.Single(lines.Rest()), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task RunAsync_TimeLimitOnTheInjectedClock_EndsTheProgram()
    {
        ManualClock clock = new();
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(
            ProgramFolder.Shell("echo ready; exec sleep 100000") with { OnOutput = lines.Add, TimeLimit = TimeSpan.FromHours(1) }, clock);
        Task<ProgramExit> run = program.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        await lines.NextAsync();
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(run.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        ProgramExit exit = await run;
        Assert.Equal((ProgramEnd.TimeLimit, 15, TimeSpan.FromHours(1)), (exit.End, exit.Signal, exit.Elapsed));
        Assert.Equal("the time limit of 3600 s was reached", exit.Describe());
    }

    [Fact]
    public async Task RunAsync_SignalledByItself_NamesTheSignal()
    {
        ProgramExit exit = await ProgramFolder.RunAsync(ProgramFolder.Shell("kill -SEGV $$"));
        Assert.Equal((ProgramEnd.Finished, 11), (exit.End, exit.Signal));
        Assert.Contains("SIGSEGV", exit.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_EachGetsItsOwnExitCode()
    {
        ProgramExit[] exits = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            i => ProgramFolder.RunAsync(ProgramFolder.Shell("exit $1", i.ToString(CultureInfo.InvariantCulture)))));
        Assert.Equal(Enumerable.Range(0, 40), exits.Select(e => e.ExitCode!.Value));
    }

    [Fact]
    public async Task RunAsync_StoppedBeforeItStarts_EndsAtOnce()
    {
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("exec sleep 100000"), new CancellationToken(canceled: true), TestContext.Current.CancellationToken);
        Assert.Equal(ProgramEnd.Stopped, exit.End);
    }

    private static bool IsAlive(int processId) => ProcessTable.Find(processId) is { IsDead: false };

    private static async Task<(ProgramExit Exit, List<string> Lines)> StopWhenReadyAsync(
        string script, Func<ProgramSettings, ProgramSettings> change)
    {
        using CancellationTokenSource stop = new();
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(change(ProgramFolder.Shell(script) with { OnOutput = lines.Add }));
        Task<ProgramExit> run = program.RunAsync(stop.Token, TestContext.Current.CancellationToken);
        Assert.Equal("ready", await lines.NextAsync());
        await stop.CancelAsync();
        ProgramExit exit = await run;
        Assert.False(ProgramProbe.IsAlive(program.Identity));
        return (exit, lines.Rest());
    }
}
