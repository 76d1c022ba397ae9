using System.Runtime.InteropServices;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>Which trials count as good and which as bad.</summary>
internal sealed class TrialSplit(ParzenData data, TpeOptions options)
{
    private const int MostBad = 1_000;
    private const int MostPending = 200;
    private const int MostCompared = 1_000;

    private readonly List<int> _good = [];
    private readonly List<int> _bad = [];
    private readonly HashSet<int> _goodSet = [];
    private int _nextRow;
    private int? _branch;

    internal ReadOnlySpan<int> Good => CollectionsMarshal.AsSpan(_good);

    internal ReadOnlySpan<int> Bad => CollectionsMarshal.AsSpan(_bad);

    /// <summary>Splits.</summary>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the first trial to propose for, which is not pending for itself.</param>
    /// <param name="branch">The branch whose trials alone count; null for all.</param>
    internal void Split(History history, int own, int? branch = null)
    {
        _branch = branch;
        _good.Clear();
        _bad.Clear();
        _goodSet.Clear();
        var all = branch is { } one ? data.Branches.CountOf(one) : data.Count;
        var wanted = Math.Min((int)Math.Ceiling(options.Gamma * all), options.MostGood);
        if (!history.Problem.IsSingleObjective)
            AddFronts(history, wanted);
        foreach (var key in data.Ranked)
        {
            if (_good.Count >= wanted || key.Standing == RankKey.Failed)
                break;
            if ((key.Standing == RankKey.Infeasible || history.Problem.IsSingleObjective) && Belongs(key.Number))
                _good.Add(key.Number);
        }

        _goodSet.UnionWith(_good);
        _nextRow = history.Trials.Count;
        CollectBad(_nextRow, all - _good.Count > MostBad);
        AddPending(history, own);
    }

    /// <summary>Of several objectives: of the present front and the newest trials at most so many are compared.</summary>
    private void AddFronts(History history, int wanted)
    {
        var pool = new HashSet<int>(history.Front.Where(IsComparable).TakeLast(MostCompared / 2));
        for (var number = history.Trials.Count - 1; number >= 0 && pool.Count < MostCompared; number--)
        {
            if (IsComparable(number))
                pool.Add(number);
        }

        int[] compared = [.. pool.Order()];
        foreach (var index in FrontSelection.Select([.. compared.Select(number => history.Trials[number].Losses)], wanted))
            _good.Add(compared[index]);
    }

    /// <summary>Takes a configuration of the same batch as pending.</summary>
    internal void AddPending(Configuration chosen)
    {
        // A row that no trial has yet; the next proposal writes it anew.
        data.PlaceRow(_nextRow, chosen);
        _bad.Add(_nextRow++);
    }

    private void CollectBad(int trials, bool isTooMany)
    {
        var left = trials;
        while (left > 0 && !(isTooMany && _bad.Count == MostBad / 2))
            AddBad(--left);
        for (var k = 0; k < MostBad / 2 && left > 0; k++)
            AddBad((int)((long)left * k / (MostBad / 2)));
    }

    private void AddBad(int number)
    {
        if (data.Tells(number) && !_goodSet.Contains(number) && Belongs(number))
            _bad.Add(number);
    }

    private bool Belongs(int number) => _branch is null || data.BranchOf(number) == _branch;

    private bool IsComparable(int number) => data.IsFeasible(number) && Belongs(number);

    private void AddPending(History history, int own)
    {
        var room = MostPending;
        Add(history.Running);
        Add(history.AwaitingRetry);
        Add(history.Paused);

        void Add(NumberSet numbers)
        {
            foreach (var number in numbers)
            {
                if (room == 0)
                    return;
                if (number == own || data.Tells(number) || history.Trials[number].Configuration is null || !Belongs(number))
                    continue;
                _bad.Add(number);
                room--;
            }
        }
    }
}
