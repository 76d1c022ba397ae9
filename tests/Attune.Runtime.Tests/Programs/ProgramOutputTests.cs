using Attune.Programs;
using Attune.Programs.Unix;

namespace Attune.Runtime.Tests.Programs;

public sealed class ProgramOutputTests
{
    [Fact]
    public async Task RunAsync_MillionLines_AllArriveInOrder()
    {
        long next = 1;
        bool inOrder = true;
        ProgramSettings settings = new()
        {
            Command = ["seq", "1000000"],
            OnOutput = line =>
            {
                inOrder &= line.Text == next++.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            },
        };
        Assert.True((await ProgramFolder.RunAsync(settings)).IsSuccess);
        Assert.True(inOrder);
        Assert.Equal(1_000_001, next);
    }

    [Fact]
    public async Task RunAsync_HugeLine_IsCutInMemoryAndWholeInLog()
    {
        using ProgramFolder folder = new();
        List<OutputLine> lines = [];
        ProgramSettings settings = ProgramFolder.Shell("head -c 20000000 /dev/zero | tr '\\0' x; echo; echo end") with
        {
            OutputLog = folder["log"],
            OnOutput = line =>
            {
                lines.Add(line);
                return ValueTask.CompletedTask;
            },
        };
        await ProgramFolder.RunAsync(settings);
        Assert.Equal([new OutputLine(new string('x', 65_536), IsCut: true), new OutputLine("end")], lines);
        Assert.Equal(20_000_005, new FileInfo(folder["log"]).Length);
    }

    [Fact]
    public async Task RunAsync_InvalidBytesAndNoLineEnd_AreReplacedAndKept()
    {
        using ProgramFolder folder = new();
        LineCollector lines = new();
        ProgramSettings settings = ProgramFolder.Shell("printf 'a\\377b\\n10%%\\r20%%\\nlast'") with
        {
            OnOutput = lines.Add,
            OutputLog = folder["log"],
        };
        await ProgramFolder.RunAsync(settings);
        Assert.Equal(["a\uFFFDb", "10%", "20%", "last"], lines.Rest());
        byte[] log = await File.ReadAllBytesAsync(folder["log"], TestContext.Current.CancellationToken);
        Assert.Equal([(byte)'a', 0xFF, .. "b\n10%\r20%\nlast"u8], log);
    }

    [Fact]
    public async Task RunAsync_NonZeroExit_KeepsTheLastErrorLines()
    {
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("seq 100 >&2; printf ' 50%%\\r100%%\\r' >&2; echo 'ValueError: no' >&2; exit 3") with
            {
                LastErrorLineCount = 3,
            });
        Assert.Equal((ProgramEnd.Finished, 3, false), (exit.End, exit.ExitCode, exit.IsSuccess));
        Assert.Equal("exit code 3; last lines of its error output:\n99\n100\nValueError: no", exit.Describe());
    }

    [Fact]
    public async Task RunAsync_BothLogsInOneFile_HoldsBoth()
    {
        using ProgramFolder folder = new();
        await File.WriteAllTextAsync(folder["log"], "earlier\n", TestContext.Current.CancellationToken);
        await ProgramFolder.RunAsync(ProgramFolder.Shell("echo out; echo err >&2") with
        {
            OutputLog = folder["log"],
            ErrorLog = folder["log"],
        });
        string[] lines = await File.ReadAllLinesAsync(folder["log"], TestContext.Current.CancellationToken);
        Assert.Equal("earlier", lines[0]);
        Assert.Equal(["err", "out"], lines[1..].Order());
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/no/such/folder/log")]
    public async Task RunAsync_LogCannotBeWritten_IsToldOnceAndTheProgramGoesOn(string log)
    {
        LineCollector lines = new();
        List<string> warnings = [];
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("echo a; echo b; seq 100000 | tail -n 1") with
            {
                OutputLog = log,
                OnOutput = lines.Add,
                OnWarning = warnings.Add,
            });
        Assert.True(exit.IsSuccess);
        Assert.Equal(["a", "b", "100000"], lines.Rest());
        Assert.Contains(log, Assert.Single(exit.Warnings), StringComparison.Ordinal);
        Assert.Equal(exit.Warnings, warnings);
    }

    [Fact]
    public async Task RunAsync_StrangerHoldsThePipe_WaitingEndsWithTheProgram()
    {
        using ProgramFolder folder = new();
        LineCollector lines = new();

        // With a session of its own and its parent gone, the sleeper is nobody's any more, but the pipe is still open.
        const string Script = "mkfifo gone; setsid sh -c 'echo $$ ready; : >gone; exec sleep 100000' & read -r line <gone; echo last";
        ProgramExit exit = await ProgramFolder.RunAsync(ProgramFolder.Shell(Script) with
        {
            WorkingFolder = folder.Path,
            OnOutput = lines.Add,
            DrainGrace = TimeSpan.FromMilliseconds(1),
        });
        List<string> output = lines.Rest();
        Assert.True(exit.IsSuccess);
        Assert.Contains("last", output);
        int stranger = int.Parse(Assert.Single(output, l => l.EndsWith(" ready", StringComparison.Ordinal)).Split(' ')[0], null);
        Assert.Equal(0, LibC.Kill(stranger, LibC.SignalKill));
    }

    [Fact]
    public async Task RunAsync_HelperStillFlushing_ItsLastLinesArrive()
    {
        using ProgramFolder folder = new();
        LineCollector lines = new();
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("mkfifo pipe; cat <pipe & exec >pipe; seq 100000") with
            {
                WorkingFolder = folder.Path,
                OnOutput = lines.Add,
                DrainGrace = TimeSpan.FromHours(1),
            });
        Assert.True(exit.IsSuccess);
        Assert.Equal("100000", lines.Rest()[^1]);
    }

    [Fact]
    public async Task RunAsync_SlowReader_LosesNothingWhenTheProgramEndsFirst()
    {
        // The program ends while the first line is still being read; the grace is over at once.
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LineCollector lines = new();
        await using RunningProgram program = ProgramFolder.Launch(
            ProgramFolder.Shell("seq 5000") with
            {
                DrainGrace = TimeSpan.Zero,
                OnOutput = async line =>
                {
                    if (line.Text == "1")
                        await ended.Task;
                    await lines.Add(line);
                },
            });
        Task<ProgramExit> run = program.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);
        while (ProgramProbe.IsAlive(program.Identity))
            await Task.Delay(1, TestContext.Current.CancellationToken);
        ended.SetResult();
        Assert.True((await run).IsSuccess);
        Assert.Equal(5_000, lines.Rest().Count);
    }

    [Fact]
    public async Task RunAsync_ReaderThrows_EndsTheProgramAndThrows()
    {
        ProgramSettings settings = ProgramFolder.Shell("echo a; exec sleep 100000") with
        {
            OnOutput = _ => throw new InvalidDataException("reader"),
        };
        await using RunningProgram program = ProgramFolder.Launch(settings);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => program.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken));
        Assert.False(ProgramProbe.IsAlive(program.Identity));
    }
}
