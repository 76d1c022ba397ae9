using System.Collections.Immutable;
using Attune.Histories;

namespace Attune.Algorithms.Schedulers;

/// <summary>The rungs of one bracket: at ascending resources, the trials that have got there in their order.</summary>
internal abstract class RungBracket(Problem problem, ImmutableArray<double> levels)
{
    private readonly TrialRanking[] _rankings = [.. levels.Select(_ => TrialRanking.For(problem))];
    private readonly int[] _promoted = new int[levels.Length];

    /// <summary>The resources, ascending.</summary>
    internal ImmutableArray<double> Levels => levels;

    /// <summary>The last rung to which trials go at present.</summary>
    internal virtual int Top => levels.Length - 1;

    /// <summary>The trials of a rung.</summary>
    internal TrialRanking this[int rung] => _rankings[rung];

    /// <summary>How many of a rung's trials may go on: the first so many.</summary>
    internal abstract int Quota(int rung);

    /// <summary>A trial is about to count as the worst of a rung, for good.</summary>
    internal virtual void Fail(int rung)
    {
    }

    /// <summary>A trial has got a place, or another one, in a rung.</summary>
    internal virtual void Entered(int rung, History history)
    {
    }

    /// <summary>A trial has left a rung for the next.</summary>
    internal void Promote(int rung) => _promoted[rung]++;

    /// <summary>The trial that goes on next, from the highest rung that has one; −1 for none.</summary>
    internal int Pick(out int rung)
    {
        for (rung = Top - 1; rung >= 0; rung--)
        {
            if (_rankings[rung].BestWaiting(Quota(rung)) is >= 0 and var trial)
                return trial;
        }

        return -1;
    }

    internal IEnumerable<RungSummary> Summaries(int bracket) =>
        levels.Select((level, rung) => new RungSummary(bracket, rung, level, _rankings[rung].Count, _promoted[rung]));
}
