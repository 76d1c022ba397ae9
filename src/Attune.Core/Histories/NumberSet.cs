using System.Collections;

namespace Attune.Histories;

/// <summary>A small set of trial numbers in ascending order, on one array: membership by bisection, cheap to copy.</summary>
public sealed class NumberSet : IReadOnlyList<int>
{
    private readonly List<int> _numbers;

    internal NumberSet()
        : this([])
    {
    }

    private NumberSet(List<int> numbers) => _numbers = numbers;

    /// <inheritdoc/>
    public int Count => _numbers.Count;

    /// <inheritdoc/>
    public int this[int index] => _numbers[index];

    /// <summary>Whether a number is in the set.</summary>
    /// <param name="number">A trial number.</param>
    public bool Contains(int number) => _numbers.BinarySearch(number) >= 0;

    internal void Add(int number)
    {
        var place = _numbers.BinarySearch(number);
        if (place < 0)
            _numbers.Insert(~place, number);
    }

    internal void Remove(int number)
    {
        var place = _numbers.BinarySearch(number);
        if (place >= 0)
            _numbers.RemoveAt(place);
    }

    internal NumberSet Copy() => new([.. _numbers]);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => _numbers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
