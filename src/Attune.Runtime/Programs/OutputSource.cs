namespace Attune.Programs;

/// <summary>What a program writes to one of its outputs.</summary>
internal abstract class OutputSource : IDisposable
{
    /// <summary>Waits for bytes; 0 at the end. When it is cancelled, no byte is lost.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>
    /// Takes bytes that are there already, without waiting; 0 when there are none. It comes to an end even if somebody keeps writing:
    /// what was
    /// there at the first call is returned, and not much more.
    /// </summary>
    public abstract int ReadAvailable(Span<byte> buffer);

    /// <inheritdoc/>
    public abstract void Dispose();
}
