using System.Threading.Channels;
using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

/// <summary>Collects the lines of a program, and lets a test wait for them.</summary>
internal sealed class LineCollector
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public ValueTask Add(OutputLine line)
    {
        Assert.True(_lines.Writer.TryWrite(line.Text));
        return ValueTask.CompletedTask;
    }

    public ValueTask<string> NextAsync() => _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <returns>The lines that were not waited for.</returns>
    public List<string> Rest()
    {
        List<string> rest = [];
        while (_lines.Reader.TryRead(out string? line))
            rest.Add(line);
        return rest;
    }
}
