using System.Collections;

namespace Attune;

/// <summary>
/// An append-only list whose versions share storage: appending returns a new list and leaves every older one as it was, in amortised
/// constant time. Only one thread appends; any number reads. Equal when the measurements are, in the same order.
/// </summary>
public sealed class MeasurementList : IReadOnlyList<Measurement>, IEquatable<MeasurementList>
{
    // Most trials have one measurement, which needs no storage of its own.
    private readonly Measurement? _single;
    private readonly Storage? _storage;

    private MeasurementList(Measurement? single) => (_single, Count) = (single, single is null ? 0 : 1);

    private MeasurementList(Storage storage, int count) => (_storage, Count) = (storage, count);

    /// <summary>The empty list.</summary>
    public static MeasurementList Empty { get; } = new(single: null);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Measurement this[int index] => (uint)index < (uint)Count
        ? _single ?? _storage!.Items[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} measurements.");

    /// <summary>This list with one more measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    public MeasurementList Add(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (Count == 0)
            return new(measurement);
        if (_storage is { } shared && shared.Used == Count && Count < shared.Items.Length)
        {
            shared.Items[shared.Used++] = measurement;
            return new(shared, Count + 1);
        }

        var items = new Measurement[Math.Max(4, Count * 2)];
        for (var i = 0; i < Count; i++)
            items[i] = this[i];
        items[Count] = measurement;
        return new(new Storage(items) { Used = Count + 1 }, Count + 1);
    }

    /// <summary>This list without the measurements for which a condition does not hold.</summary>
    /// <param name="keep">The condition.</param>
    public MeasurementList Where(Predicate<Measurement> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var kept = this.AsEnumerable().Where(measurement => keep(measurement)).ToArray();
        return kept.Length == Count ? this : kept.Aggregate(Empty, static (list, measurement) => list.Add(measurement));
    }

    /// <inheritdoc/>
    public bool Equals(MeasurementList? other) =>
        ReferenceEquals(this, other) || (other is not null && Count == other.Count && this.SequenceEqual(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MeasurementList);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[0]);

    /// <inheritdoc/>
    public IEnumerator<Measurement> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Storage(Measurement[] items)
    {
        internal readonly Measurement[] Items = items;
        internal int Used;
    }
}
