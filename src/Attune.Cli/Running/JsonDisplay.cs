using Attune.Cli.Json;
using Attune.Cli.Terminals;
using Attune.Events;
using Attune.Histories;

namespace Attune.Cli.Running;

/// <summary>Writes one JSON object a line for each start, measurement and end of a trial.</summary>
internal sealed class JsonDisplay(Terminal terminal) : IRunDisplay
{
    private readonly LineOutput _output = new(terminal.Out);

    public void Observe(JournalEvent journalEvent, History history)
    {
        if (journalEvent.Trial is { } number && Word(journalEvent.Payload) is { } word)
            _output.Add(JsonLines.ToText(new RunTrialJson(word, TrialJson.Of(history.Trials[number], history))));
    }

    public void Note(string message) => terminal.Error.WriteLine($"attune: {message}");

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private static string? Word(StudyEvent payload) => payload switch
    {
        Started or Resumed => "started",
        Measured => "measured",
        Paused => "paused",
        Finished or Failed or Lost => "finished",
        _ => null,
    };
}
