using Attune.Cli.Terminals;
using Attune.Events;
using Attune.Histories;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Attune.Cli.Running;

/// <summary>A table that is redrawn in place, and goes when the run ends: what counts is printed after it.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    // The cursor rests at the end of the last row, where terminals write ^C: on a full row that would begin a new one, and the next
    // drawing would leave the first row behind.
    private const int RoomForEcho = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly RunBoard _board;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _drawing;
    private volatile string? _note;

    internal LiveDisplay(Terminal terminal, RunBoard board)
    {
        _board = board;
        var console = Console(terminal);
        _drawing = Task.Run(() => DrawAsync(console, terminal));
    }

    public void Observe(JournalEvent journalEvent, History history)
    {
    }

    public void Note(string message) => _note = message;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _drawing;
        _ending.Dispose();
    }

    private static IAnsiConsole Console(Terminal terminal) => AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(terminal.Out),
        Ansi = AnsiSupport.Yes,
        ColorSystem = terminal.HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
    });

    private async Task DrawAsync(IAnsiConsole console, Terminal terminal)
    {
        using var timer = new PeriodicTimer(Interval, terminal.Clock);
        console.Profile.Width = WidthOf(terminal);
        await console.Live(Picture(console)).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            try
            {
                while (true)
                {
                    console.Profile.Width = WidthOf(terminal);
                    live.UpdateTarget(Picture(console));
                    await terminal.Out.FlushAsync(CancellationToken.None);
                    await timer.WaitForNextTickAsync(_ending.Token);
                }
            }
            catch (OperationCanceledException)
            {
                live.UpdateTarget(Picture(console));
            }
        });
        await terminal.Out.FlushAsync(CancellationToken.None);
    }

    private static int WidthOf(Terminal terminal) => Math.Max(20, terminal.Width() - RoomForEcho);

    private IRenderable Picture(IAnsiConsole console) => RunView.Render(_board.Picture(), _note, console.Profile.Width);
}
