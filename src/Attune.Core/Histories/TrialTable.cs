using System.Collections;

namespace Attune.Histories;

/// <summary>
/// The trials of a study by number. Reading is by index in constant time; a frozen copy shares all blocks with the live table, which
/// copies a block before it writes into one that is shared.
/// </summary>
/// <remarks>
/// A block whose trials have all ended is packed into little memory. From then on its trials are made anew whenever they are read: they
/// are equal, but not the same objects, so keep what you need more than once.
/// </remarks>
public sealed class TrialTable : IReadOnlyList<Trial>
{
    private const int BlockBits = 8;
    internal const int BlockSize = 1 << BlockBits;

    private Block[] _blocks;

    internal TrialTable() => _blocks = [];

    private TrialTable(Block[] blocks, int count)
    {
        _blocks = blocks;
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The trial with a number.</summary>
    /// <param name="index">The number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such trial.</exception>
    public Trial this[int index] => (uint)index < (uint)Count
        ? _blocks[index >> BlockBits][index & (BlockSize - 1)]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There is no trial {index}; the study has {Count}.");

    internal void Set(Trial trial)
    {
        var at = trial.Number >> BlockBits;
        if (trial.Number == Count)
        {
            if (at == _blocks.Length)
                Array.Resize(ref _blocks, Math.Max(4, _blocks.Length * 2));
            _blocks[at] ??= new();
            Count++;
        }

        if (_blocks[at].IsFixed)
            _blocks[at] = _blocks[at].Copy();
        if (_blocks[at].Set(trial))
            _blocks[at] = _blocks[at].Pack();
    }

    internal TrialTable Freeze()
    {
        var used = (Count + BlockSize - 1) >> BlockBits;
        for (var i = 0; i < used; i++)
            _blocks[i].IsFixed = true;
        return new(_blocks[..used], Count);
    }

    /// <inheritdoc/>
    public IEnumerator<Trial> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Trials with consecutive numbers, as they are or packed.</summary>
    private sealed class Block
    {
        private readonly Trial[] _trials;
        private readonly TrialBlock? _packed;
        private int _ended;

        internal Block() => _trials = new Trial[BlockSize];

        private Block(TrialBlock packed) => (_trials, _packed, _ended, IsFixed) = ([], packed, BlockSize, true);

        private Block(Block other)
        {
            _ended = other._ended;
            _trials = new Trial[BlockSize];
            for (var i = 0; i < BlockSize; i++)
                _trials[i] = other[i];
        }

        /// <summary>Whether nothing may be written, because others read it or because it is packed.</summary>
        internal bool IsFixed { get; set; }

        internal Trial this[int slot] => _packed is null ? _trials[slot] : _packed[slot];

        /// <returns>Whether all trials have ended now, and had not before.</returns>
        internal bool Set(Trial trial)
        {
            ref var current = ref _trials[trial.Number & (BlockSize - 1)];
            var change = (trial.IsFinished ? 1 : 0) - (current is { IsFinished: true } ? 1 : 0);
            current = trial;
            _ended += change;
            return change > 0 && _ended == BlockSize;
        }

        internal Block Copy() => new(this);

        internal Block Pack() => new(TrialBlock.Pack(_trials));
    }
}
