using Attune.Events;
using Attune.Journals;
using Attune.Testing;

namespace Attune.Sqlite.Tests;

/// <summary>Small studies.</summary>
internal static class Samples
{
    internal static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Categorical("model", ["svm", "tree"]).Build();

    internal static readonly StudyDefinition Definition =
        JournalScript.Define(new Problem(Space, [new Objective("accuracy", Direction.Maximize)]), 1);

    internal static EventDraft Draft(StudyEvent payload, int token = 0, long seconds = 0, string writer = "w") =>
        new(Noon.AddSeconds(seconds), writer, 1, token, 0, payload);

    internal static EventDraft Created { get; } = Draft(new StudyCreated(Definition));

    /// <summary>Appends the whole sample study, as one journal of that store.</summary>
    internal static async Task<IJournal> AddSampleAsync(SqliteStore store, string name, CancellationToken cancel)
    {
        var journal = await store.CreateAsync(name, SampleEvents.All[0], cancel);
        for (var i = 1; i < SampleEvents.All.Count; i++)
            await journal.AppendAsync(i, (_, _) => [SampleEvents.All[i]], cancel);
        return journal;
    }

    /// <summary>A trial from beginning to end: what an ask and a tell append.</summary>
    internal static async Task<long> RunTrialAsync(IJournal journal, long head, int number, double accuracy, CancellationToken cancel)
    {
        var configuration = Space.Configure([new("x", accuracy), new("model", number % 2 == 0 ? "svm" : "tree")]);
        head = await journal.AppendAsync(head, (at, _) =>
        [
            Draft(new Reserved(number, TrialOrigin.Sampler, number, 0, 1), 1, number),
            Draft(new Proposed(number, configuration, at, 0, Definition.Sampler, "test"), 1, number),
            Draft(new Started(number, 1), 1, number),
        ], cancel);
        return await journal.AppendAsync(
            head,
            (_, _) => [Draft(new Measured(number, Measurement.Of("accuracy", accuracy)), 1, number + 2),
                Draft(new Finished(number), 1, number + 2)],
            cancel);
    }

    internal static async Task<List<JournalEvent>> ReadAllAsync(IJournal journal, CancellationToken cancel)
    {
        var events = new List<JournalEvent>();
        await foreach (var journalEvent in journal.ReadAsync(0, cancel))
            events.Add(journalEvent);
        return events;
    }
}
