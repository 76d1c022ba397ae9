using System.Collections.Immutable;
using Attune.Events;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>A study in which everything happens that can happen: every kind of event, in an order that makes sense.</summary>
public static class SampleEvents
{
    private static readonly DateTimeOffset Epoch = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly SearchSpace First = new SearchSpaceBuilder()
        .Float("rate", 1e-5, 1, Scale.Log)
        .Int("layers", 1, 8)
        .Categorical("model", ["svm", "forêt", "网络"])
        .Float("gamma", 0, 1, when: "model == 'svm'")
        .Boolean("bias")
        .Build();

    private static readonly SearchSpace Second = new SearchSpaceBuilder()
        .Float("rate", 1e-6, 1, Scale.Log)
        .Int("layers", 1, 16)
        .Categorical("model", ["svm", "forêt", "网络"])
        .Float("gamma", 0, 1, when: "model == 'svm'")
        .Boolean("bias")
        .Ordinal("batch", [16, 32, 64])
        .Build();

    /// <summary>What the study is created with: two objectives, a constraint, a fidelity, instances, a budget.</summary>
    public static StudyDefinition Definition { get; } = new(
        new Problem(
            First,
            [new Objective("accuracy", Direction.Maximize) { Target = 0.99 }, new Objective("size") { Noise = Noise.Deterministic }],
            [new OutcomeConstraint("latency", AtMost: 20)],
            [new Fidelity("epochs", 1, 27)],
            instances: ["fold 1", "fold 2"]),
        0xFFFF_FFFF_FFFF_FFF1,
        new("gp-ucb", 2, """{"beta":2.5}"""),
        new("asha", 1))
    {
        Budget = new() { Trials = 100, WallClock = TimeSpan.FromHours(2.5), Cost = 1e6 },
        Retries = new(LostAttempts: 2, FailedAttempts: 2),
        Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("program", "train.py \"{rate}\"; 'x'"),
    };

    /// <summary>The drafts; the first is the creation, and they stand at the positions 1, 2, 3, ….</summary>
    public static IReadOnlyList<EventDraft> All { get; } = [.. Payloads().Select(Draft)];

    private static EventDraft Draft((StudyEvent Payload, int Token) item, int index) => new(
        Epoch.AddSeconds(index).AddTicks(index * 1_234_567 % 10_000_000), index % 3 == 1 ? "host/β-2" : "host/α-1", index + 1, item.Token,
            index / 2, item.Payload);

    private static IEnumerable<(StudyEvent Payload, int Token)> Payloads()
    {
        var choice = Configure(First, ("rate", 0.1), ("layers", 3), ("model", "svm"), ("gamma", 1 / 3.0), ("bias", true));
        var other = Configure(First, ("rate", 1e-5), ("layers", 8), ("model", "网络"), ("bias", false));
        var later = Configure(Second, ("rate", 2.5e-6), ("layers", 16), ("model", "forêt"), ("bias", false), ("batch", 64));
        yield return (new StudyCreated(Definition), 0);
        yield return (new WriterJoined(new("host/β-2", "host (boot 12)", 4711, 123_456_789_012, "attune 0.1 avx2")), 0);
        yield return (new Enqueued(choice, "a \"guess\"\nof mine"), 0);
        yield return (new Reserved(0, TrialOrigin.Enqueued, -1, 3, 4, 9, new ScheduleStep(1, 0, 0, 9)), 1);
        yield return (new Proposed(0, choice, 4, 0, null, "attune 0.1 avx2"), 1);
        yield return (new Started(0, 1, 9, 5, new ScheduleStep(1, 0, 0, 9)), 1);
        yield return (new Launched(0, "host (boot 12)", 4712, 987_654_321), 1);
        yield return (new Measured(0, Full(0, 3, 0.5)), 1);
        yield return (new CheckpointSaved(0, "/tmp/a b/checkpoint", 3), 1);
        yield return (new Measured(0, Full(1, 9, 0.75)), 1);
        yield return (new CheckpointSaved(0, "/tmp/a b/checkpoint", 9), 1);
        yield return (new Decided(0, TrialDecision.Pause, 10, new ScheduleStep(1, 0, 9, 9)), 1);
        yield return (new Paused(0), 1);
        yield return (new Ticked(), 0);
        yield return (new Reserved(1, TrialOrigin.Sampler, 0, 0, 4), 1);
        yield return (new Lost(1, "its proposer disappeared", WillRetry: true), 1);
        yield return (new Reserved(1, TrialOrigin.Sampler, 0, 0, 4), 2);
        yield return (new Proposed(1, other, 17, 1, Definition.Sampler, "attune 0.1 avx2", """{"length":[0.25,1e-3]}"""), 2);
        yield return (new Started(1, 1), 2);
        yield return (new Failed(1, FailureKind.ExitCode, "Traceback:\n  \u0007 bell, tab\t, emoji 🎲", WillRetry: true), 2);
        yield return (new Resumed(0, 27, 20, new ScheduleStep(1, 1, 9, 27), other), 2);
        yield return (new Measured(0, Full(2, 27, 0.875)), 2);
        yield return (new Finished(0), 2);
        yield return (new Started(1, 2), 3);
        yield return (new Failed(1, FailureKind.Timeout, "", WillRetry: false), 3);
        yield return (new SpaceRevised(Second, ImmutableSortedDictionary<string, ParameterValue>.Empty.Add("batch", 32)), 0);
        yield return (new BudgetChanged(new() { Trials = 50, Resource = 1000.5, StopAtTarget = false }), 0);
        yield return (new Reserved(2, TrialOrigin.Sampler, 1, 0, 4), 1);
        yield return (new Proposed(2, later, 28, 0, Definition.Sampler, "attune 0.1 avx2"), 1);
        yield return (new Started(2, 1), 1);
        yield return (new Lost(2, "given back", WillRetry: true, Interrupted: true), 1);
        yield return (new Started(2, 1, 3), 2);
        yield return (new Measured(2, Full(0, 3, 0.125)), 2);
        yield return (new Decided(2, TrialDecision.Stop, 33), 2);
        yield return (new Finished(2, Stopped: true), 2);
        yield return (new Reserved(3, TrialOrigin.Sampler, 2, 0, 4), 1);
        yield return (new Proposed(3, later, 36, 0, Definition.Sampler, "attune 0.1 avx2"), 1);
        yield return (new Started(3, 1), 1);
        yield return (new Lost(3, "no sign of life", WillRetry: false), 1);
        yield return (new StopRequested(CancelRunning: true), 0);
        yield return (new Continued(), 0);
        yield return (new SamplerExhausted(), 0);
        yield return (new SamplerChanged(new("sobol", 1, """{"scramble":true}""")), 0);
        yield return (new Recommended(0, 42, "best-observed"), 0);
        yield return (new FinalEvaluated(
            0, "test.py --final \"{rate}\"", new MetricValues([new("test accuracy", 0.8125), new("größe", 1e-9)])), 0);
        yield return (new FinalEvaluated(2, "", MetricValues.Empty, new(FailureKind.ExitCode, "exit code 3:\n\u0007")), 0);
        yield return (new BudgetChanged(new() { Trials = 60 }) { IsDeclared = true }, 0);
        yield return (new Reserved(4, TrialOrigin.Sampler, 3, 0, 4), 1);
        yield return (new WriterLeft(), 0);
    }

    private static Measurement Full(int sequence, double resource, double accuracy) => new(new MetricValues(
        [new("accuracy", accuracy), new("size", 1e300), new("latency", -0.1), new("größe", double.Epsilon)]))
    {
        Sequence = sequence,
        Resource = resource,
        Instance = "fold 2",
        Replicate = 3,
        StandardErrors = new("accuracy", 0.1 + 0.2),
        Elapsed = 1.5,
    };

    private static Configuration Configure(SearchSpace space, params (string Name, ParameterValue Value)[] values) =>
        space.Configure(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
