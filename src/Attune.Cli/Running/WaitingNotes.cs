using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>Tells of times in which this worker only waits for others, in a display that is not drawn anew all the time.</summary>
internal sealed class WaitingNotes : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IRunDisplay _display;
    private readonly RunBoard _board;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;

    internal WaitingNotes(IRunDisplay display, RunBoard board, TimeProvider clock)
    {
        (_display, _board) = (display, board);
        _watching = Task.Run(() => WatchAsync(clock));
    }

    public void Observe(JournalEvent journalEvent, History history) => _display.Observe(journalEvent, history);

    public void Note(string message) => _display.Note(message);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
        await _display.DisposeAsync();
    }

    private async Task WatchAsync(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            // One remark for each wait, however long it takes and whichever trials come and go meanwhile.
            for (var wasWaiting = false; ; await timer.WaitForNextTickAsync(_ending.Token))
            {
                var awaited = _board.Picture().Awaited;
                if (awaited.Count > 0 && !wasWaiting)
                    _display.Note(RunText.Waiting(awaited));
                wasWaiting = awaited.Count > 0;
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }
}
