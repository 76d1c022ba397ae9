using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>How fast trials end, by the times that the journal holds: as fast as that, proposals are asked for.</summary>
internal static class TrialPace
{
    private const int Newest = 100;
    private const int Least = 5;

    /// <summary>Seconds between two trials that end: the median duration of the newest ones over their number at a time.</summary>
    /// <param name="history">The study at the basis; only its newest 100 trials are looked at.</param>
    /// <param name="parallelism">How many trials run at a time, at least 1.</param>
    /// <returns>Seconds, at least 0; infinity where fewer than five of those trials tell how long they took.</returns>
    internal static double Of(History history, int parallelism)
    {
        var durations = new List<double>(Newest);
        for (var number = history.Trials.Count - 1; number >= Math.Max(0, history.Trials.Count - Newest); number--)
        {
            // A clock that was set back tells nothing.
            if (history.Trials[number] is { StartedAt: { } started, FinishedAt: { } finished } && finished >= started)
                durations.Add((finished - started).TotalSeconds);
        }

        if (durations.Count < Least)
            return double.PositiveInfinity;
        durations.Sort();
        return durations[durations.Count / 2] / Math.Max(1, parallelism);
    }
}
