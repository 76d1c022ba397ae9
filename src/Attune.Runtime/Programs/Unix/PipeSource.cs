using System.IO.Pipes;

namespace Attune.Programs.Unix;

/// <summary>The reading end of a pipe that a program writes to.</summary>
internal sealed unsafe class PipeSource : OutputSource
{
    // No writer can have left more than this in a pipe: it is the largest that Linux makes without privileges.
    private const int LargestPipe = 1 << 20;

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);
    private int _left = LargestPipe;

    /// <summary>The descriptor of the writing end, until <see cref="CloseWriter"/>.</summary>
    public int Writer => (int)_pipe.ClientSafePipeHandle.DangerousGetHandle();

    public void CloseWriter() => _pipe.DisposeLocalCopyOfClientHandle();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _pipe.ReadAsync(buffer, cancellationToken);

    public override int ReadAvailable(Span<byte> buffer)
    {
        var descriptor = (int)_pipe.SafePipeHandle.DangerousGetHandle();
        LibC.PollDescriptor poll = new() { Descriptor = descriptor, Events = LibC.PollIn };
        if (_left <= 0 || LibC.Poll(&poll, 1, 0) <= 0)
            return 0;
        fixed (byte* start = buffer)
        {
            var count = (int)LibC.Read(descriptor, start, (nuint)buffer.Length);
            _left -= Math.Max(count, 0);
            return Math.Max(count, 0);
        }
    }

    public override void Dispose() => _pipe.Dispose();
}
