using System.Buffers;

namespace Attune.Programs;

/// <summary>Carries one output of a program to its log and, line by line, to its reader.</summary>
internal sealed class OutputPump(
    OutputSource source, ProgramLog? log, int maximumLineBytes, LastLines? lastLines, Func<OutputLine, ValueTask>? reader)
{
    private readonly LineSplitter _splitter = new(maximumLineBytes);
    private Exception? _failure;

    /// <summary>Called when the reader throws; the rest of the output still goes to the log.</summary>
    public Action? OnReaderFailed { get; init; }

    /// <summary>Runs until the output ends.</summary>
    /// <param name="cut">Cancelled when the program has ended: only what is there already is still carried.</param>
    /// <exception cref="Exception">What the reader threw.</exception>
    public async Task RunAsync(CancellationToken cut)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32_768);
        try
        {
            while (await ReadAsync(buffer, cut).ConfigureAwait(false) is int count and > 0)
            {
                log?.Write(buffer.AsSpan(0, count));
                await SplitAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }

            if (_splitter.TryFinish(out var last))
                await DeliverAsync(last).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cut)
    {
        if (!cut.IsCancellationRequested)
        {
            try
            {
                return await source.ReadAsync(buffer, cut).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The program has ended; what it wrote before is still there.
            }
        }

        return source.ReadAvailable(buffer);
    }

    private async ValueTask SplitAsync(ReadOnlyMemory<byte> bytes)
    {
        while (TryReadLine(ref bytes, out var line))
            await DeliverAsync(line).ConfigureAwait(false);
    }

    private bool TryReadLine(ref ReadOnlyMemory<byte> bytes, out OutputLine line)
    {
        var left = bytes.Span;
        var isComplete = _splitter.TryRead(ref left, out line);
        bytes = bytes[^left.Length..];
        return isComplete;
    }

    private async ValueTask DeliverAsync(OutputLine line)
    {
        lastLines?.Add(line);
        if (reader is null || _failure is not null)
            return;
        try
        {
            await reader(line).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
            OnReaderFailed?.Invoke();
        }
    }
}
