using System.Collections;
using Attune.Events;

namespace Attune.Journals;

/// <summary>
/// Events in chunks that are never moved, 24 bytes each beside their payload; the payloads of a full chunk are packed. One thread
/// appends; any number reads up to <see cref="Count"/> without a lock, because rows are counted when the whole append is complete, and
/// never change afterwards.
/// </summary>
internal sealed class EventRows
{
    private const int ChunkBits = 10;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly Dictionary<string, int> _writerIndex = new(StringComparer.Ordinal);
    private string[] _writers = [];
    private Chunk[] _chunks = [];
    private string _lastWriter = "";
    private int _lastWriterIndex = -1;
    private long _count;
    private long _written;

    internal long Count => Volatile.Read(ref _count);

    /// <summary>Refuses what cannot be stored.</summary>
    internal static void Check(in EventDraft draft)
    {
        if (draft.Payload is null)
            throw new ArgumentException("An event needs a payload.", nameof(draft));
        if (string.IsNullOrEmpty(draft.Writer))
            throw new ArgumentException("An event needs a writer.", nameof(draft));
        if (draft.Sequence is < 0 or > uint.MaxValue)
            throw new ArgumentException($"An event's sequence is {draft.Sequence}; allowed is 0 to {uint.MaxValue}.", nameof(draft));
        if (draft.Causation is < 0 or > uint.MaxValue)
            throw new ArgumentException($"An event's causation is {draft.Causation}; allowed is 0 to {uint.MaxValue}.", nameof(draft));
    }

    /// <summary>Writes a checked event, which readers see once <see cref="Publish"/> is called.</summary>
    /// <returns>Its position.</returns>
    internal long Append(in EventDraft draft)
    {
        var (chunk, slot) = ((int)(_written >> ChunkBits), (int)(_written & (ChunkSize - 1)));
        if (slot == 0)
            AddChunk(chunk);
        ref var row = ref _chunks[chunk].Rows[slot];
        row.Ticks = draft.Time.UtcTicks;
        row.Sequence = (uint)draft.Sequence;
        row.Causation = (uint)draft.Causation;
        row.Token = draft.Token;
        row.Writer = ReferenceEquals(draft.Writer, _lastWriter) ? _lastWriterIndex : IndexOf(draft.Writer);
        _chunks[chunk].Write(slot, draft.Payload);
        return ++_written;
    }

    /// <summary>Lets readers see everything that was written, at once.</summary>
    internal void Publish() => Volatile.Write(ref _count, _written);

    internal JournalEvent At(long position)
    {
        var index = position - 1;
        var (chunk, slot) = (Volatile.Read(ref _chunks)[(int)(index >> ChunkBits)], (int)(index & (ChunkSize - 1)));
        ref readonly var row = ref chunk.Rows[slot];
        return new(
            position, new(row.Ticks, TimeSpan.Zero), Volatile.Read(ref _writers)[row.Writer], row.Sequence, row.Token, row.Causation,
            EventCodec.FormatVersion, chunk.Read(slot));
    }

    /// <summary>A view of the events after one position up to another; nothing is copied.</summary>
    internal IReadOnlyList<JournalEvent> Range(long after, long head) => new View(this, after, (int)(head - after));

    private void AddChunk(int chunk)
    {
        if (chunk == _chunks.Length)
        {
            var chunks = new Chunk[Math.Max(4, _chunks.Length * 2)];
            _chunks.CopyTo(chunks, 0);
            Volatile.Write(ref _chunks, chunks);
        }

        _chunks[chunk] = new();
    }

    private int IndexOf(string writer)
    {
        if (!_writerIndex.TryGetValue(writer, out var index))
        {
            index = _writerIndex.Count;
            if (index == _writers.Length)
            {
                var writers = new string[Math.Max(4, _writers.Length * 2)];
                _writers.CopyTo(writers, 0);
                Volatile.Write(ref _writers, writers);
            }

            _writers[index] = writer;
            _writerIndex.Add(writer, index);
        }

        (_lastWriter, _lastWriterIndex) = (writer, index);
        return index;
    }

    private sealed class Chunk
    {
        internal readonly Row[] Rows = new Row[ChunkSize];

        // The payloads as they are, or packed once there is no room for more.
        private object _payloads = new StudyEvent[ChunkSize];

        internal void Write(int slot, StudyEvent payload)
        {
            var payloads = (StudyEvent[])_payloads;
            payloads[slot] = payload;
            if (slot == ChunkSize - 1)
                Volatile.Write(ref _payloads, PayloadBlock.Pack(payloads));
        }

        internal StudyEvent Read(int slot) => Volatile.Read(ref _payloads) switch
        {
            PayloadBlock packed => packed[slot],
            var payloads => ((StudyEvent[])payloads)[slot],
        };
    }

    private struct Row
    {
        internal long Ticks;
        internal uint Sequence;
        internal uint Causation;
        internal int Token;
        internal int Writer;
    }

    private sealed class View(EventRows rows, long after, int count) : IReadOnlyList<JournalEvent>
    {
        public int Count => count;

        public JournalEvent this[int index] => (uint)index < (uint)count
            ? rows.At(after + 1 + index)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {count} events.");

        public IEnumerator<JournalEvent> GetEnumerator()
        {
            for (var i = 0; i < count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
