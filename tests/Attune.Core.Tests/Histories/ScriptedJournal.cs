using Attune.Events;

namespace Attune.Core.Tests.Histories;

/// <summary>A journal written event by event, a second apart.</summary>
internal sealed class ScriptedJournal
{
    private readonly List<JournalEvent> _events = [];

    internal ScriptedJournal(Problem problem)
    {
        Problem = problem;
        Then(new StudyCreated(new(problem, 1, new("random", 1), new("none", 1))));
        Then(new WriterJoined(new("w", "h", 1, 1, "f")));
        Then(new Ticked());
    }

    internal Problem Problem { get; }

    internal JournalEvent[] Events => [.. _events];

    internal JournalEvent Next(StudyEvent payload, int token = 1) =>
        new(_events.Count + 1, RandomJournal.Start.AddSeconds(_events.Count - 100), "w", _events.Count + 1, payload is TrialEvent ? token : 0, 0, 1, payload);

    internal ScriptedJournal Then(StudyEvent payload, int token = 1)
    {
        _events.Add(Next(payload, token));
        return this;
    }

    internal ScriptedJournal At(int second, string writer, StudyEvent payload)
    {
        // The scripted writer's own two seconds lie before these.
        if (_events[^1].Writer == "w")
            _events.RemoveRange(1, _events.Count - 1);
        _events.Add(new(_events.Count + 1, RandomJournal.Start.AddSeconds(second), writer, _events.Count + 1, 0, 0, 1, payload));
        return this;
    }

    internal ScriptedJournal Propose(int number = 0, int token = 1) =>
        Then(new Reserved(number, TrialOrigin.Sampler, number, 0, 1), token).Then(new Proposed(number, Problem.Space.Default(), 0, 0, null, "f"), token);

    internal ScriptedJournal Run(int number = 0, int token = 1) => Propose(number, token).Then(new Started(number, 1), token);

    internal ScriptedJournal Measure(double loss, double? resource = null, int trial = 0) => Then(new Measured(trial, Measurement.Of("loss", loss, resource)));
}
