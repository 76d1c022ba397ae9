namespace Attune.Histories;

/// <summary>
/// The length of a union of intervals of time that come in any order. One writer that works without a break is one interval.
/// </summary>
internal sealed class TimeUnion
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _covered = [];
    private TimeSpan _length;

    /// <summary>Adds an interval.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end, after the beginning.</param>
    /// <returns>The length of the union.</returns>
    internal TimeSpan Add(DateTimeOffset from, DateTimeOffset to)
    {
        // Time goes on, so the interval nearly always touches the last ones.
        var after = _covered.Count;
        while (after > 0 && _covered[after - 1].From > to)
            after--;
        var first = after;
        while (first > 0 && _covered[first - 1].To >= from)
        {
            first--;
            _length -= _covered[first].To - _covered[first].From;
            from = Earlier(from, _covered[first].From);
            to = Later(to, _covered[first].To);
        }

        if (first < after)
        {
            _covered[first] = (from, to);
            _covered.RemoveRange(first + 1, after - first - 1);
        }
        else
        {
            _covered.Insert(first, (from, to));
        }

        _length += to - from;
        return _length;
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
