namespace Attune.Programs.Portable;

/// <summary>The output of a program as a stream that can only be waited for.</summary>
internal sealed class StreamSource(Stream stream) : OutputSource
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken);

    public override int ReadAvailable(Span<byte> buffer) => 0;

    public override void Dispose() => stream.Dispose();
}
