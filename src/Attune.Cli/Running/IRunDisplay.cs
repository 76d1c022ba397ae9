using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>Shows a run while it goes on. Disposing it ends the display and writes what is left to write.</summary>
internal interface IRunDisplay : IAsyncDisposable
{
    /// <summary>Takes note of an event. It is quick and throws nothing.</summary>
    /// <param name="journalEvent">The event.</param>
    /// <param name="history">The study after it; valid during the call only.</param>
    void Observe(JournalEvent journalEvent, History history);

    /// <summary>Shows a remark, such as what an interruption does.</summary>
    /// <param name="message">The remark.</param>
    void Note(string message);
}
