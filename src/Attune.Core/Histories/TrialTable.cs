using System.Collections;

namespace Attune.Histories;

/// <summary>
/// The trials of a study by number. Reading is by index in constant time; a frozen copy shares all chunks with the live table, which
/// copies a chunk before it writes into one that is shared.
/// </summary>
public sealed class TrialTable : IReadOnlyList<Trial>
{
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;

    private Chunk[] _chunks;

    internal TrialTable() => _chunks = [];

    private TrialTable(Chunk[] chunks, int count)
    {
        _chunks = chunks;
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The trial with a number.</summary>
    /// <param name="index">The number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such trial.</exception>
    public Trial this[int index] => (uint)index < (uint)Count
        ? _chunks[index >> ChunkBits].Trials[index & (ChunkSize - 1)]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There is no trial {index}; the study has {Count}.");

    internal void Set(Trial trial)
    {
        var (chunk, slot) = (trial.Number >> ChunkBits, trial.Number & (ChunkSize - 1));
        if (trial.Number == Count)
        {
            if (chunk == _chunks.Length)
                Array.Resize(ref _chunks, Math.Max(4, _chunks.Length * 2));
            _chunks[chunk] ??= new();
            Count++;
        }

        if (_chunks[chunk].IsShared)
            _chunks[chunk] = _chunks[chunk].Copy();
        _chunks[chunk].Trials[slot] = trial;
    }

    internal TrialTable Freeze()
    {
        var used = (Count + ChunkSize - 1) >> ChunkBits;
        for (var i = 0; i < used; i++)
            _chunks[i].IsShared = true;
        return new(_chunks[..used], Count);
    }

    /// <inheritdoc/>
    public IEnumerator<Trial> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Chunk
    {
        internal readonly Trial[] Trials = new Trial[ChunkSize];
        internal bool IsShared;

        internal Chunk Copy()
        {
            var copy = new Chunk();
            Array.Copy(Trials, copy.Trials, ChunkSize);
            return copy;
        }
    }
}
