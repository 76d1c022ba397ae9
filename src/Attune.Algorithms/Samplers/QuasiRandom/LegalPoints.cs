namespace Attune.Algorithms.Samplers;

/// <summary>
/// The legal ones among the numbered points of a sequence, numbered anew without holes. Which point has which number depends on the
/// sequence and the space alone; what is kept here only saves walking again.
/// </summary>
/// <param name="space">The space that says what is legal.</param>
/// <param name="point">The configuration at a place of the sequence; null when the place holds none.</param>
/// <param name="length">The number of places; the largest number for a sequence without end.</param>
/// <param name="isDense">Whether every place holds a legal point.</param>
internal sealed class LegalPoints(SearchSpace space, Func<long, Configuration?> point, long length, bool isDense)
{
    private const int Stride = 64;

    // The places behind which the walk goes on for the legal points 0, 64, 128, …
    private readonly List<long> _starts = [0];

    // Where the last question ended, so that consecutive questions need no walk at all.
    private (long Index, long Place) _next = (0, 0);

    /// <summary>The space that says what is legal.</summary>
    internal SearchSpace Space => space;

    /// <summary>The legal point with an index, or null when the sequence has fewer.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="SpaceException">Long stretches of the sequence hold no legal point.</exception>
    internal Configuration? Find(long index)
    {
        if (isDense)
            return index < length ? point(index) : null;
        var (current, place) = _next;
        if (index < current || index / Stride > current / Stride)
        {
            var block = (int)Math.Min(index / Stride, _starts.Count - 1);
            (current, place) = ((long)block * Stride, _starts[block]);
        }

        var refused = 0;
        for (; place < length; place++)
        {
            if (point(place) is not { } candidate || !space.IsLegal(candidate))
            {
                if (length == long.MaxValue && ++refused == SearchSpace.MaxTries)
                    throw space.NothingLegal();
                continue;
            }

            refused = 0;
            if (current == index)
            {
                _next = (current + 1, place + 1);
                Remember(current + 1, place + 1);
                return candidate;
            }

            current++;
            Remember(current, place + 1);
        }

        return null;
    }

    private void Remember(long index, long place)
    {
        if (index % Stride == 0 && index / Stride == _starts.Count)
            _starts.Add(place);
    }
}
