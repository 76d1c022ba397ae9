namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Trials ordered by several objectives, see <see cref="ParetoOrder"/>. One more trial may move all others, so the newest
/// <see cref="Window"/> are ranked among each other and older ones no longer count: work for one change stays the same however many there
/// were.
/// </summary>
internal sealed class ParetoRanking : TrialRanking
{
    /// <summary>How many trials are ranked.</summary>
    internal const int Window = 1000;

    private readonly SortedDictionary<int, Entry> _entries = [];
    private int _added;

    // Made from the entries when it is first asked for after a change; it says nothing that they do not.
    private List<(int Handle, Entry Entry)>? _order;

    internal override int Count => _entries.Count;

    internal override int Add(int trial, in Standing standing)
    {
        _order = null;
        if (_entries.Count == Window)
            _entries.Remove(_entries.Keys.First());
        _entries.Add(_added, new(trial, standing));
        return _added++;
    }

    internal override void Replace(int handle, in Standing standing)
    {
        if (!_entries.TryGetValue(handle, out var entry))
            return;
        _order = null;
        entry.Standing = standing;
    }

    internal override void Remove(int handle)
    {
        if (_entries.Remove(handle))
            _order = null;
    }

    internal override void SetWaiting(int handle, bool isWaiting)
    {
        if (_entries.TryGetValue(handle, out var entry))
            entry.IsWaiting = isWaiting;
    }

    internal override int RankOf(int handle)
    {
        var rank = Order().FindIndex(item => item.Handle == handle);
        return rank < 0 ? Count : rank;
    }

    internal override int BestWaiting(int limit)
    {
        var order = Order();
        for (var i = 0; i < Math.Min(limit, order.Count); i++)
        {
            if (order[i].Entry.IsWaiting)
                return order[i].Entry.Trial;
        }

        return -1;
    }

    internal override IReadOnlyList<(int Trial, Standing Standing)> First(int count) =>
        [.. Order().Take(count).Select(item => (item.Entry.Trial, item.Entry.Standing))];

    private List<(int Handle, Entry Entry)> Order()
    {
        if (_order is not null)
            return _order;
        var items = _entries.Select(pair => (pair.Key, pair.Value)).OrderBy(item => item.Value.Trial).ToArray();
        var standings = Array.ConvertAll(items, item => item.Value.Standing);
        return _order = [.. ParetoOrder.Sort(standings).Select(place => items[place])];
    }

    private sealed class Entry(int trial, Standing standing)
    {
        internal int Trial => trial;

        internal Standing Standing { get; set; } = standing;

        internal bool IsWaiting { get; set; }
    }
}
