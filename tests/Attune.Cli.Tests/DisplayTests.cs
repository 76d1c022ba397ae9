using Attune.Algorithms;
using Attune.Cli.Running;
using Attune.Cli.Terminals;
using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Spectre.Console;

namespace Attune.Cli.Tests;

/// <summary>The displays of a run, fed by a study in memory on a clock that stands where the test puts it.</summary>
public sealed class DisplayTests
{
    private readonly HandClock _clock = new();
    private readonly RunBoard _board;
    private readonly Study _study;

    public DisplayTests()
    {
        var space = new SearchSpace([new FloatParameter("rate", 1e-4, 1, Scale.Log), new CategoricalParameter("model", ["svm", "tree"])]);
        var problem = new Problem(space, [new("accuracy", Direction.Maximize)]);
        var definition = new StudyDefinition(
            problem, 3, MethodRegistry.Default.DescribeSampler("random"),
                MethodRegistry.Default.DescribeScheduler("run-to-completion"))
        { Budget = new() { Trials = 8 } };
        _study = Study.CreateAsync(new MemoryStore(_clock), "digits", definition,
            new() { Catalog = MethodRegistry.Default, Clock = _clock }, CancellationToken.None)
            .GetAwaiter().GetResult();
        _board = new("digits", _study.Writer, Snapshot(), _clock);
    }

    [Fact]
    public async Task Render_SomeTrials_PrintsGolden()
    {
        await RunAsync(4);

        GoldenFile.Check("live.txt", Render(100));
    }

    [Fact]
    public async Task Render_NarrowScreen_CutsLinesAtItsEnd()
    {
        await RunAsync(4);

        Assert.All(Render(60).Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    [Fact]
    public void Render_BeforeTheFirstTrial_ShowsTheBudget()
    {
        Assert.Contains("0/8 trials", Render(100), StringComparison.Ordinal);
        Assert.DoesNotContain("left", Render(100), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_HalfOfTheBudget_EstimatesTheSameTimeAgain()
    {
        await RunAsync(4);

        var picture = _board.Picture();

        Assert.Equal(4, picture.Finished);
        Assert.Equal(0.5, picture.Share);
        Assert.Equal(picture.Elapsed, picture.TimeLeft);
        Assert.Equal(TimeSpan.FromSeconds(40), picture.Elapsed);
    }

    [Fact]
    public async Task Render_ControlCharactersInAReason_AreHarmless()
    {
        var assignment = (await _study.AskAsync(cancellationToken: TestContext.Current.CancellationToken))!;
        await _study.FailAsync(assignment.Trial, FailureKind.Error, "\u001b[2J[red]boom[/]\u0007",
            cancellationToken: TestContext.Current.CancellationToken);
        Feed();

        var text = Render(100);

        Assert.Contains("[2J[red]boom[/]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainDisplay_SlowReader_DoesNotHoldTheStudyUp()
    {
        using var gate = new ManualResetEventSlim();
        var writer = new GatedWriter(gate);
        var display = new PlainDisplay(Terminal(writer), _board, 1);
        await _study.RunAsync(
            DelegateExecutor.Of(_ => 0.5), new() { OnEvent = display.Observe }, TestContext.Current.CancellationToken);

        gate.Set();
        await display.DisposeAsync();

        Assert.Equal(9, writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Picture_OnlyOthersRun_AwaitsTheirTrialsAfterAMoment()
    {
        await RunAsync(1);
        var others = new RunBoard("digits", "somebody else", Snapshot(), _clock);

        Assert.Empty(others.Picture().Awaited);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([1], others.Picture().Awaited.Select(trial => trial.Number));
        Assert.Contains("waiting for 1 trial of other workers (1)", Render(100, others), StringComparison.Ordinal);
        Assert.Empty(_board.Picture().Awaited);
    }

    [Fact]
    public async Task WaitingNotes_OnlyOthersRun_SaysSoOnce()
    {
        await RunAsync(1);
        var others = new RunBoard("digits", "somebody else", Snapshot(), _clock);
        others.Picture();
        _clock.Advance(TimeSpan.FromSeconds(2));
        var writer = new StringWriter { NewLine = "\n" };

        await using (new WaitingNotes(new PlainDisplay(Terminal(writer), others, 1), others, _clock))
            await Task.Yield();

        Assert.Equal("waiting for 1 trial of other workers (1)", writer.ToString().TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public async Task Render_NarrowScreen_ShortensTheBarToKeepTheFirstLineWhole()
    {
        await RunAsync(4);

        Assert.StartsWith("digits", Render(60), StringComparison.Ordinal);
        Assert.EndsWith("left", Render(60).Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveDisplay_EveryRow_LeavesRoomForTheEchoOfCtrlC()
    {
        await RunAsync(4);
        var writer = new StringWriter { NewLine = "\n" };
        var terminal = Terminal(writer) with { Width = () => 60, Variable = name => name == "NO_COLOR" ? "1" : null };

        await using (new Running.LiveDisplay(terminal, _board))
            await Task.Yield();

        var rows = System.Text.RegularExpressions.Regex.Replace(writer.ToString(), "\u001b\\[[0-9;?]*[A-Za-z]", "").Split('\n', '\r');
        Assert.Contains(rows, row => row.Contains("0.75", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.InRange(row.Length, 0, 57));
    }

    private static Terminal Terminal(TextWriter writer) =>
        new() { Out = writer, Error = writer, In = TextReader.Null, Folder = "/", Variable = _ => null };

    /// <summary>Trials of ten seconds each, the last of which failed; one more runs.</summary>
    private async Task RunAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var assignment = (await _study.AskAsync(cancellationToken: TestContext.Current.CancellationToken))!;
            _clock.Advance(TimeSpan.FromSeconds(10));
            if (i == count - 1)
                await _study.FailAsync(assignment.Trial, FailureKind.ExitCode, "exit code 1\nout of memory");
            else
                await _study.TellAsync(assignment, 0.5 + (i * 0.125), TestContext.Current.CancellationToken);
        }

        var running = (await _study.AskAsync(cancellationToken: TestContext.Current.CancellationToken))!;
        await _study.ReportAsync(running.Trial, Measurement.Of("accuracy", 0.25), cancellationToken: TestContext.Current.CancellationToken);
        Feed();
    }

    private void Feed()
    {
        var history = Snapshot();
        foreach (var trial in history.Trials)
        {
            TrialEvent payload = trial.State == TrialState.Failed ? new Failed(trial.Number, FailureKind.Error, "", false)
                : new Finished(trial.Number);
            _board.Observe(new(history.Position, _clock.GetUtcNow(), "w", 1, 1, 0, 1, payload), history);
        }
    }

    private Histories.History Snapshot() => _study.SnapshotAsync().AsTask().GetAwaiter().GetResult();

    private string Render(int width, RunBoard? board = null)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(RunView.Render((board ?? _board).Picture(), note: null, width));
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        internal void Advance(TimeSpan span) => _now += span;
    }

    private sealed class GatedWriter(ManualResetEventSlim gate) : StringWriter
    {
        public override Task WriteLineAsync(string? value)
        {
            gate.Wait();
            return base.WriteLineAsync(value);
        }
    }
}
