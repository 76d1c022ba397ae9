using System.Buffers;

namespace Attune.Packing;

/// <summary>Gathers the numbers of a block in borrowed memory.</summary>
internal ref struct NumberWriter
{
    private double[] _numbers;

    internal NumberWriter(int capacity) => _numbers = ArrayPool<double>.Shared.Rent(capacity);

    internal int Count { get; private set; }

    internal void Add(double number)
    {
        if (Count == _numbers.Length)
            Grow(1);
        _numbers[Count++] = number;
    }

    internal void Add(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length > _numbers.Length - Count)
            Grow(numbers.Length);
        numbers.CopyTo(_numbers.AsSpan(Count));
        Count += numbers.Length;
    }

    /// <summary>The numbers; nothing may be added afterwards.</summary>
    internal double[] Finish()
    {
        var numbers = _numbers.AsSpan(0, Count).ToArray();
        ArrayPool<double>.Shared.Return(_numbers);
        _numbers = [];
        return numbers;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<double>.Shared.Rent(Math.Max(_numbers.Length * 2, Count + more));
        _numbers.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<double>.Shared.Return(_numbers);
        _numbers = larger;
    }
}
