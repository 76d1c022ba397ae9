using System.Collections;

namespace Attune;

/// <summary>
/// An append-only list whose versions share storage: appending returns a new list and leaves every older one as it was, in amortised
/// constant time. Only one thread appends; any number reads.
/// </summary>
public sealed class MeasurementList : IReadOnlyList<Measurement>
{
    private readonly Storage _storage;

    private MeasurementList(Storage storage, int count)
    {
        _storage = storage;
        Count = count;
    }

    /// <summary>The empty list.</summary>
    public static MeasurementList Empty { get; } = new(new Storage([]), 0);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Measurement this[int index] => index < Count ? _storage.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>This list with one more measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    public MeasurementList Add(Measurement measurement)
    {
        if (_storage.Used == Count && Count < _storage.Items.Length)
        {
            _storage.Items[_storage.Used++] = measurement;
            return new(_storage, Count + 1);
        }

        var items = new Measurement[Count == 0 ? 1 : Math.Max(4, Count * 2)];
        Array.Copy(_storage.Items, items, Count);
        items[Count] = measurement;
        return new(new Storage(items) { Used = Count + 1 }, Count + 1);
    }

    /// <summary>This list without the measurements for which a condition does not hold.</summary>
    /// <param name="keep">The condition.</param>
    public MeasurementList Where(Predicate<Measurement> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var kept = this.AsEnumerable().Where(measurement => keep(measurement)).ToArray();
        return kept.Length == Count ? this : new(new Storage(kept) { Used = kept.Length }, kept.Length);
    }

    /// <inheritdoc/>
    public IEnumerator<Measurement> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _storage.Items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Storage(Measurement[] items)
    {
        internal readonly Measurement[] Items = items;
        internal int Used;
    }
}
