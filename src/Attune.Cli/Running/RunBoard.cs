using Attune.Cli.Json;
using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>What the displays of a run show, kept up to date by the events of the study. Safe for several threads.</summary>
internal sealed class RunBoard
{
    private const int KeptFailures = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan _aliveBefore;
    private readonly int _finishedBefore;
    private readonly string _worker;
    private readonly SortedDictionary<int, Trial> _running = [];
    private readonly HashSet<int> _proposing = [];
    private readonly List<Trial> _failures = [];
    private Budget _budget;
    private Trial? _best;
    private TrialCountsJson _counts;
    private int _finished;
    private int _front;
    private long? _idleSince;

    /// <summary>Makes a board.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="worker">The name under which this process writes to the journal.</param>
    /// <param name="history">The study as it stands.</param>
    /// <param name="clock">The clock.</param>
    internal RunBoard(string study, string worker, History history, TimeProvider clock)
    {
        (Study, Problem, _worker, _clock, _start) = (study, history.Problem, worker, clock, clock.GetTimestamp());
        (_aliveBefore, _finishedBefore, _finished) = (history.Alive, history.FinishedCount, history.FinishedCount);
        (_budget, _best, _front, _counts) = (history.Budget, history.Best, history.Front.Count, TrialCountsJson.Of(history.CountOf));
        foreach (var number in history.Running)
            _running[number] = history.Trials[number];
    }

    /// <summary>The name of the study.</summary>
    internal string Study { get; }

    /// <summary>What is optimised.</summary>
    internal Problem Problem { get; }

    /// <summary>Takes note of an event.</summary>
    internal void Observe(JournalEvent journalEvent, History history)
    {
        lock (_gate)
        {
            (_budget, _best, _front, _finished) = (history.Budget, history.Best, history.Front.Count, history.FinishedCount);
            _counts = TrialCountsJson.Of(history.CountOf);
            if (journalEvent.Trial is not { } number)
                return;
            var trial = history.Trials[number];
            if (trial.State == TrialState.Running)
                _running[number] = trial;
            else
                _running.Remove(number);
            if (trial.State == TrialState.Reserved && trial.Worker == _worker)
                _proposing.Add(number);
            else
                _proposing.Remove(number);
            if (journalEvent.Payload is Failed or Lost { Interrupted: false })
                Keep(trial);
        }
    }

    /// <summary>The board as it stands now.</summary>
    internal RunPicture Picture()
    {
        lock (_gate)
        {
            var elapsed = _clock.GetElapsedTime(_start);
            return new(
                Study, Problem, _budget, _counts, _finished, _best, _front, [.. _running.Values], Awaited(), [.. _failures], elapsed,
                _clock.GetUtcNow(), TimeLeft(elapsed));
        }
    }

    /// <summary>A worker is between two trials for a moment; it waits when that lasts.</summary>
    private IReadOnlyList<Trial> Awaited()
    {
        if (_proposing.Count > 0 || _running.Count == 0 || _running.Values.Any(trial => trial.Worker == _worker))
        {
            _idleSince = null;
            return [];
        }

        _idleSince ??= _clock.GetTimestamp();
        return _clock.GetElapsedTime(_idleSince.Value) >= Patience ? [.. _running.Values] : [];
    }

    /// <summary>The estimate from the trials of this run; null before the first one and without a budget.</summary>
    private TimeSpan? TimeLeft(TimeSpan elapsed)
    {
        TimeSpan? byTrials = null;
        if (_budget.Trials is { } trials && _finished > _finishedBefore)
            byTrials = elapsed / (_finished - _finishedBefore) * Math.Max(0, trials - _finished);
        var byTime = _budget.WallClock - (_aliveBefore + elapsed);
        var least = byTime is null || byTrials < byTime ? byTrials : byTime;
        return least < TimeSpan.Zero ? TimeSpan.Zero : least;
    }

    private void Keep(Trial trial)
    {
        _failures.RemoveAll(other => other.Number == trial.Number);
        _failures.Add(trial);
        if (_failures.Count > KeptFailures)
            _failures.RemoveAt(0);
    }
}
