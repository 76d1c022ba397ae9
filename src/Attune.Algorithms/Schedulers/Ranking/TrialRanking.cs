namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Trials in order, the best first, some of which wait for something. Ties go to the lower number. Work for one change and one question
/// does not grow with the number of trials, or by its logarithm.
/// </summary>
internal abstract class TrialRanking
{
    /// <summary>How many trials are ranked.</summary>
    internal abstract int Count { get; }

    /// <summary>Adds a trial that is not in it.</summary>
    /// <returns>The handle by which the other members know it.</returns>
    internal abstract int Add(int trial, in Standing standing);

    /// <summary>Gives a trial another standing; whether it waits stays.</summary>
    internal abstract void Replace(int handle, in Standing standing);

    /// <summary>Removes a trial.</summary>
    internal abstract void Remove(int handle);

    /// <summary>Says whether a trial waits.</summary>
    internal abstract void SetWaiting(int handle, bool isWaiting);

    /// <summary>How many are better.</summary>
    internal abstract int RankOf(int handle);

    /// <summary>The best of the waiting trials if it is among the first so many of all; −1 for none.</summary>
    internal abstract int BestWaiting(int limit);

    /// <summary>The trials in order, at most so many.</summary>
    internal abstract IReadOnlyList<(int Trial, Standing Standing)> First(int count);

    /// <summary>An empty ranking for the objectives of a problem.</summary>
    internal static TrialRanking For(Problem problem) => problem.IsSingleObjective ? new OrderedRanking() : new ParetoRanking();
}
