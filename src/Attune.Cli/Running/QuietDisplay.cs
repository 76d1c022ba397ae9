using Attune.Cli.Terminals;
using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>Shows nothing while the run goes on; remarks go to the error output.</summary>
internal sealed class QuietDisplay(Terminal terminal) : IRunDisplay
{
    public void Observe(JournalEvent journalEvent, History history)
    {
    }

    public void Note(string message) => terminal.Error.WriteLine($"attune: {message}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
