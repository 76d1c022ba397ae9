using System.Collections.Immutable;
using Attune.Events;
using Attune.Scheduling;

namespace Attune.Core.Tests.Events;

/// <summary>A small legal journal that holds every kind of event with every member set somewhere. The stored fixture is its text.</summary>
internal static class SampleJournal
{
    internal static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("rate", 1e-5, 0.1, Scale.Log, defaultValue: 0.001, prior: new NormalPrior(0.01, 0.25))
        .Float("drop", 0, 0.9, step: 0.1)
        .Float("share", 0.1, 0.9, Scale.Logit)
        .Int("width", 8, 512, Scale.Log, step: 8)
        .Categorical("modèle \"x\"", ["svm", 1, 1.0, true, "größe 学习率 🙂"], prior: new WeightPrior([1, 2, 0.5, 0, 1]))
        .Ordinal("size", ["small", "large"], "large", when: "`modèle \"x\"` == 'svm'")
        .Forbid("drop > 0.8 and width < 16")
        .Constrain("rate * width <= 100")
        .Constrain(InputConstraint.Of("by-code", 3, _ => true))
        .Build();

    internal static readonly SearchSpace Revised = new(
        [.. Space.Parameters, new IntParameter("layers", 1, 4, defaultValue: 2)], Space.Forbidden, Space.Constraints);

    private static readonly MethodDescriptor Sampler = new("gp-ucb", 2, """{"beta":2.5,"kernel":"matern-5/2"}""");

    private static readonly StudyDefinition Definition = new(
        new(
            Space,
            [
                new("loss") { Noise = Noise.Known, NoiseVariance = 0.25, Reduction = Reduction.Best, Target = 0.05, ReferencePoint = 9 },
                new("accuracy", Direction.Maximize) { Noise = Noise.Reported },
            ],
            [new("memory", AtMost: 4), new("latency", AtLeast: 0.5)],
            [new("epochs", 1, 27) { Unit = "passes", Scale = Scale.Linear, IsInteger = false, IsResumable = true }],
            "price", ["fold 1", "fold 2"]),
        ulong.MaxValue, Sampler, new("asha", 1))
    {
        Budget = new()
        {
            Trials = 100, WallClock = TimeSpan.FromTicks(36_000_000_003), Resource = 1000.5, Cost = 12.5, ConsecutiveFailures = 5, TrialsWithoutImprovement = 50,
            StopAtTarget = false, DrainAtTarget = true,
        },
        Retries = new(4, 2),
        Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("program", "python train.py --rate {rate}").Add("note", "a \"quoted\" <b>&amp; 'x'"),
    };

    internal static IReadOnlyList<JournalEvent> Events { get; } = [.. Payloads().Select((payload, i) => new JournalEvent(
        i + 1, new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMilliseconds(1500 * i), "worker-1", i + 1, payload.Token, i == 3 ? 2 : 0, 1, payload.Event))];

    private static IEnumerable<(StudyEvent Event, int Token)> Payloads()
    {
        var configuration = Space.Configure(
            [new("rate", 0.01), new("drop", 0.3), new("share", 0.5), new("width", 64), new("modèle \"x\"", "svm"), new("size", "small")]);
        var other = Space.Configure([new("modèle \"x\"", 1.0)], useDefaults: true);
        var later = Revised.Configure([new("modèle \"x\"", "größe 学习率 🙂"), new("layers", 4)], useDefaults: true);
        var step = new ScheduleStep(1, 2, 1, 9.5);
        yield return (new StudyCreated(Definition), 0);
        yield return (new WriterJoined(new("worker-1", "host/boot-1", 4711, 123_456_789_012, "attune 0.1.0; .NET 10; avx2")), 0);
        yield return (new Enqueued(configuration, "the one from the paper"), 0);
        yield return (new Reserved(0, TrialOrigin.Enqueued, -1, 3, 4, 9.5, step), 1);
        yield return (new Proposed(0, configuration, 3, 0, null, "attune 0.1.0; .NET 10; avx2"), 1);
        yield return (new Started(0, 1, 9.5, 3, step), 1);
        yield return (new Launched(0, "host/boot-1", 4712, 123_456_789_999), 1);
        yield return (new Measured(0, new(new([new("loss", 0.5), new("accuracy", 0.75), new("memory", 1), new("latency", 1), new("price", 2.5)]))
        {
            Resource = 1, Sequence = 0, Instance = "fold 1", Replicate = 2, StandardErrors = new("accuracy", 0.01), Elapsed = 1.25,
        }), 1);
        yield return (new CheckpointSaved(0, "/tmp/checkpoint", 1), 1);
        yield return (new Decided(0, TrialDecision.Pause, 8, step), 1);
        yield return (new Paused(0), 1);
        yield return (new Ticked(), 0);
        yield return (new Reserved(1, TrialOrigin.Sampler, 0, 0, 1), 1);
        yield return (new Lost(1, "no sign of life for 30 s", WillRetry: true), 1);
        yield return (new Reserved(1, TrialOrigin.Sampler, 0, 0, 1), 2);
        yield return (new Proposed(1, other, 12, 1, Sampler, "attune 0.1.0; .NET 10; avx512", """{"score":1e-3,"why":"explore"}"""), 2);
        yield return (new Started(1, 1), 2);
        yield return (new Lost(1, "stopped by a user", WillRetry: true, Interrupted: true), 2);
        yield return (new Started(1, 1), 3);
        yield return (new Failed(1, FailureKind.ExitCode, "exit code 1:\nTraceback: \"größe\"", WillRetry: true), 3);
        yield return (new Started(1, 2), 4);
        yield return (new Measured(1, Measurement.Of("loss", 1e-300) with { Attempt = 2, Sequence = 1 }), 4);
        yield return (new Failed(1, FailureKind.MissingMetric, "no accuracy", WillRetry: false), 4);
        yield return (new Resumed(0, 27, 23, step, other), 2);
        yield return (new Measured(0, new(new([new("loss", 0.04), new("accuracy", 0.9), new("memory", 2), new("latency", 1), new("price", 4)])) { Resource = 27, Sequence = 1 }), 2);
        yield return (new Finished(0, Stopped: false), 2);
        yield return (new SpaceRevised(Revised, ImmutableSortedDictionary<string, ParameterValue>.Empty.Add("layers", 1)), 0);
        yield return (new Enqueued(later), 0);
        yield return (new Enqueued(configuration), 0);
        yield return (new Reserved(2, TrialOrigin.Enqueued, -1, 28, 1), 1);
        yield return (new Proposed(2, later, 29, 0, null, "attune 0.1.0; .NET 10; avx2"), 1);
        yield return (new Started(2, 1), 1);
        yield return (new Measured(2, Measurement.Of("loss", 3, 4)), 1);
        yield return (new Finished(2, Stopped: true), 1);
        yield return (new SamplerExhausted(), 0);
        yield return (new SamplerChanged(new("random", 1)), 0);
        yield return (new BudgetChanged(new() { Trials = 7, StopAtTarget = true }), 0);
        yield return (new StopRequested(CancelRunning: true), 0);
        yield return (new Continued(), 0);
        yield return (new StopRequested(CancelRunning: false), 0);
        yield return (new Recommended(0, 40, "best-observed"), 0);
        yield return (new WriterLeft(), 0);
        yield return (new FinalEvaluated(0, "test.py", new MetricValues([new("test accuracy", 0.8125), new("größe", 1e-9)])), 0);
        yield return (new FinalEvaluated(2, "test.py", MetricValues.Empty, new(FailureKind.ExitCode, "exit code 3")), 0);
        yield return (new BudgetChanged(new() { Trials = 8 }) { IsDeclared = true }, 0);
    }
}
