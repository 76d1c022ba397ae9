using System.Threading.Channels;

namespace Attune.Cli.Running;

/// <summary>Writes lines from any thread without ever making the study wait for a slow reader.</summary>
internal sealed class LineOutput : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly Task _writing;

    internal LineOutput(TextWriter writer) => _writing = Task.Run(() => WriteAsync(writer));

    internal void Add(string line) => _lines.Writer.TryWrite(line);

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync(TextWriter writer)
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (_lines.Reader.TryRead(out var line))
                await writer.WriteLineAsync(line);
            await writer.FlushAsync();
        }
    }
}
