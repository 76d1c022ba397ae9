using Attune.Events;
using Attune.Journals;
using Attune.Simulation;
using Attune.Testing.Studies;
using static Attune.Runtime.Tests.Simulation.SimulationLab;

namespace Attune.Runtime.Tests.Simulation;

public sealed class SimulationTests
{
    private static readonly SimulatedFaults Trouble = new() { StragglerShare = 0.1, FailureShare = 0.1, PreemptionShare = 0.2 };

    [Theory]
    [InlineData("random", "run-to-completion", 1)]
    [InlineData("last-loss", "run-to-completion", 4)]
    [InlineData("last-loss", "scripted", 32)]
    public async Task SimulateAsync_SameSeeds_SameJournalToTheByte(string sampler, string scheduler, int workers)
    {
        var options = scheduler == "scripted"
            ? """{"cues":[{"trial":1,"decision":"pause","resource":2},{"trial":5,"decision":"stop","resource":4},{"trial":9,"decision":"pause"}],"hold":3}"""
            : null;
        var definition = Define(Problem(), new() { Resource = 500 }, scheduler, options, sampler);
        Task<Outcome> RunOnce(ulong seed) => RunAsync(definition, Curve(checkpointEvery: 2), new() { Workers = workers, Faults = Trouble, Seed = seed });
        var (first, second, other) = (await RunOnce(7), await RunOnce(7), await RunOnce(8));
        Assert.Equal(first.Texts(), second.Texts());
        Assert.NotEqual(first.Texts(), other.Texts());
        ReplayLaw.Check(first.Events, Methods);
    }

    [Fact]
    public async Task SimulateAsync_MoreWorkers_SameConfigurationsInLessTime()
    {
        var definition = Define(Problem(), new() { Trials = 96 });
        var outcomes = new List<Outcome>();
        foreach (var workers in (int[])[1, 4, 32])
            outcomes.Add(await RunAsync(definition, Curve(), new() { Workers = workers }));
        Assert.Equal([864, 216, 27], outcomes.Select(outcome => outcome.Seconds));
        Assert.All(outcomes, outcome =>
        {
            Assert.Equal((StopReason.Trials, 96, 864), (outcome.Summary.Reason, outcome.History.CountOf(TrialState.Completed), outcome.History.ResourceSpent));
            Assert.Equal(outcomes[0].History.Trials.Select(trial => trial.Configuration), outcome.History.Trials.Select(trial => trial.Configuration));
            Assert.Equal(TimeSpan.FromSeconds(outcome.Seconds), outcome.History.Alive);
        });
    }

    // Four trials up to 1, two of them up to 3, one of these up to 9: 4 + 2·2 + 6, or 4 + 2·3 + 9 where every run begins at the beginning.
    [Theory]
    [InlineData(true, 1, 14, 14)]
    [InlineData(true, 4, 14, 9)]
    [InlineData(true, 32, 14, 9)]
    [InlineData(false, 1, 19, 19)]
    [InlineData(false, 4, 19, 13)]
    public async Task SimulateAsync_PauseAndResume_WorkersWaitAndWhatIsDoneAgainIsPaid(bool isResumable, int workers, double resource, double seconds)
    {
        var outcome = await RunAsync(
            Define(Problem(isResumable: isResumable), Budget.Unlimited, "halving-stub"), Curve(), new() { Workers = workers });
        var history = outcome.History;
        Assert.Equal((StopReason.Scheduler, resource, seconds), (outcome.Summary.Reason, history.ResourceSpent, outcome.Seconds));
        Assert.Equal((1, 3), (history.CountOf(TrialState.Completed), history.CountOf(TrialState.Paused)));
        Assert.Equal(resource, outcome.All<Measured>().Count());
        Assert.Equal(isResumable ? [1.0, 1, 1, 1, 3, 3] : [], outcome.All<CheckpointSaved>().Select(saved => saved.Resource!.Value));

        // Cost is time where no metric says it.
        Assert.Equal(resource, history.CostSpent, 1e-6);
        var best = history.Trials.MinBy(trial => trial.Configuration!.Numbers[0])!;
        Assert.Equal((best.Number, 9), (history.Best!.Number, best.Measurements[^1].Resource));
    }

    [Fact]
    public async Task SimulateAsync_Decisions_AreObeyedAtOnce()
    {
        var outcome = await RunAsync(
            Define(
                Problem(), new() { Trials = 3 }, "scripted",
                """{"cues":[{"trial":0,"decision":"pause","resource":3},{"trial":1,"decision":"stop","resource":2}],"hold":2}"""), Curve());
        var history = outcome.History;
        Assert.Equal([TrialState.Completed, TrialState.Stopped, TrialState.Completed], history.Trials.Select(trial => trial.State));
        Assert.Equal((20, 20), (history.ResourceSpent, outcome.Seconds));
        Assert.Equal([0, 0, 0, 1, 1, 2], outcome.All<Measured>().Take(6).Select(measured => measured.Trial));
        Assert.Equal("at 3", history.Trials[0].Checkpoint);
    }

    [Fact]
    public async Task SimulateAsync_CancelledAndGoneOn_EndsAsIfUndisturbed()
    {
        var definition = Define(Problem(), new() { Trials = 20 }, sampler: "last-loss");
        var undisturbed = await RunAsync(definition, Curve());
        await using var store = new MemoryStore();
        var clock = new SimulatedClock();
        using (var cancelling = new CancellationTokenSource())
        {
            await using var study = await Study.CreateAsync(store, "simulated", definition, new() { Catalog = Methods, Clock = clock }, Cancel);
            var summary = await study.SimulateAsync(
                Curve(), new() { OnEvent = (e, _) => { if (e.Payload is Measured { Trial: 7, Measurement.Resource: 5 }) cancelling.Cancel(); } },
                cancelling.Token);
            Assert.Equal((StopReason.None, TrialState.Lost, true),
                (summary.Reason, summary.History.Trials[7].State, summary.History.Trials[7].IsInterrupted));
            Assert.Equal(8, (await study.SimulateAsync(Curve(), cancellationToken: cancelling.Token)).History.Trials.Count);
        }

        await using var again = await Study.OpenAsync(store, "simulated", new() { Catalog = Methods, Clock = clock }, Cancel);
        var end = await again.SimulateAsync(Curve(), cancellationToken: Cancel);
        Assert.Equal(
            undisturbed.History.Trials.Select(trial => (trial.Configuration, trial.State, trial.Losses[0])),
            end.History.Trials.Select(trial => (trial.Configuration, trial.State, trial.Losses[0])));
        Assert.Equal(185, end.History.ResourceSpent);
        Assert.Equal(2, end.History.Writers.Count);
    }

    [Fact]
    public async Task SimulateAsync_CallbackThrows_EndsPolitelyAndThrows()
    {
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(
            store, "simulated", Define(Problem(), new() { Trials = 20 }), new() { Catalog = Methods, Clock = new SimulatedClock() }, Cancel);
        Task SimulateAsync(SimulatedRunOptions options) => study.SimulateAsync(Curve(), options, Cancel);
        await Assert.ThrowsAsync<DivideByZeroException>(() => SimulateAsync(new() { Workers = 3, OnTrialFinished = (_, _) => throw new DivideByZeroException() }));
        await Assert.ThrowsAsync<DivideByZeroException>(() => SimulateAsync(new() { Workers = 3, OnAssigned = (_, _) => throw new DivideByZeroException() }));
        var history = await study.SnapshotAsync(Cancel);
        Assert.Empty(history.Running);
        Assert.Equal(StopReason.Trials, (await study.SimulateAsync(Curve(), cancellationToken: Cancel)).Reason);
    }

    [Fact]
    public async Task SimulateAsync_ProgramsMistakes_AreFailuresWithReasons()
    {
        var steps = new Func<double, IEnumerable<SimulatedStep>>[]
        {
            _ => throw new FormatException("no such file"),
            _ => [SimulatedStep.Of(1, "loss", 1, 1), SimulatedStep.Of(-1, "loss", 1, 2)],
            _ => [SimulatedStep.Of(1, "loss", 1, 10)],
            _ => [SimulatedStep.Of(1, "loss", 1, 3), SimulatedStep.Of(1, "loss", 1, 2)],
            _ => [new(5)],
            _ => [SimulatedStep.Of(double.NaN, "loss", 1)],
            high => [SimulatedStep.Of(1, "loss", 1)],
        };
        var outcome = await RunAsync(
            Define(Problem(), new() { Trials = steps.Length }), new SimulatedProgram(assignment => steps[assignment.Trial](assignment.Resource!.Value)));
        var history = outcome.History;
        Assert.Equal(Enumerable.Repeat(TrialState.Failed, 6).Append(TrialState.Completed), history.Trials.Select(trial => trial.State));
        Assert.Equal(9, history.Trials[6].Resource);
        Assert.Equal(
            [
                "FormatException: no such file",
                "InvalidOperationException: A simulated step takes -1 seconds; allowed is 0 to 10000000000.",
                "Trial 2 reported epoch 10, above the most there is, 9.",
                "Trial 3 reported the resource 2 after 3; resources of one run may not decrease.",
                "It ended without the metric 'loss'; it reported nothing.",
                "InvalidOperationException: A simulated step takes NaN seconds; allowed is 0 to 10000000000.",
            ],
            history.Trials.Take(6).Select(trial => trial.Failure!.Reason));
    }

    [Fact]
    public async Task SimulateAsync_NoFidelity_OneReportATrial()
    {
        var program = SimulatedProgram.Of(assignment => (2.5, new MetricValues("loss", assignment.Trial)));
        var outcome = await RunAsync(Define(new(Space, [new("loss")]), new() { Trials = 10 }), program, new() { Workers = 4, Faults = new() { PreemptionShare = 0.5 } });
        Assert.Equal(10, outcome.History.CountOf(TrialState.Completed));
        Assert.NotEmpty(outcome.All<Lost>());
        Assert.Equal(outcome.History.Trials.Sum(trial => trial.CostSpent), outcome.History.CostSpent, 1e-6);
        Assert.InRange(outcome.History.CostSpent, 25.1, 50);
    }

    [Fact]
    public async Task SimulateAsync_ThinkingCounts_OneWorkerIsServedAfterTheOther()
    {
        async Task<(double, int)> SecondsAsync(int workers, bool counts)
        {
            var thoughts = new List<TimeSpan>();
            var outcome = await RunAsync(
                Define(Problem(1), new() { Trials = 3 }), Curve(),
                new() { Workers = workers, ThinkingClock = new TickingClock(), CountsThinking = counts, OnAssigned = (_, thought) => thoughts.Add(thought) });
            return (outcome.Seconds, thoughts.Count(thought => thought == TimeSpan.FromSeconds(1)));
        }

        Assert.Equal((3, 3), await SecondsAsync(1, counts: false));
        Assert.Equal((6, 3), await SecondsAsync(1, counts: true));
        Assert.Equal((4, 3), await SecondsAsync(3, counts: true));
    }

    [Fact]
    public async Task SimulateAsync_Arrivals_TellEveryReportAndEveryEnd()
    {
        var arrivals = new List<(int Trial, double? Resource, bool HasEnded)>();
        var outcome = await RunAsync(
            Define(Problem(3), new() { Resource = 11 }, "scripted", """{"cues":[{"trial":1,"decision":"pause","resource":2}],"hold":1}"""),
            new SimulatedProgram(assignment => assignment.Trial == 3 ? throw new FormatException() : Steps(assignment)),
            new()
            {
                OnArrived = arrival =>
                {
                    arrivals.Add((arrival.Assignment.Trial, arrival.Reported?.Resource, arrival.HasEnded));
                    return ValueTask.CompletedTask;
                },
            });
        Assert.Equal(StopReason.Resource, outcome.Summary.Reason);
        Assert.Equal(
            [
                (0, 1, false), (0, 2, false), (0, 3, true), (1, 1, false), (1, 2, true), (2, 1, false), (2, 2, false), (2, 3, true),
                (1, 3, true), (3, null, true), (4, 1, false), (4, 2, false), (4, null, true),
            ],
            arrivals);
    }

    [Fact]
    public async Task SimulateAsync_WrongInput_IsRefused()
    {
        await using var store = new MemoryStore();
        var definition = Define(Problem(), new() { Trials = 2 });
        await using var real = await Study.CreateAsync(store, "real", definition, new() { Catalog = Methods }, Cancel);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => real.SimulateAsync(Curve(), cancellationToken: Cancel));
        Assert.Contains("StudyOptions.Clock set to a SimulatedClock", refused.Message, StringComparison.Ordinal);
        await using var study = await Study.CreateAsync(store, "simulated", definition, new() { Catalog = Methods, Clock = new SimulatedClock() }, Cancel);
        foreach (var options in (SimulatedRunOptions[])
            [
                new() { Workers = 0 }, new() { Workers = 10_001 }, new() { CountsThinking = true },
                new() { Faults = new() { FailureShare = 1.1 } }, new() { Faults = new() { StragglerShare = double.NaN } },
                new() { Faults = new() { StragglerFactor = 0 } }, new() { Faults = new() { PreemptionShare = 1 } },
                new() { Faults = new() { PreemptionShare = 0.6, FailureShare = 0.6 } },
            ])
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => study.SimulateAsync(Curve(), options, Cancel));
        }

        Assert.Equal(1, (await study.SnapshotAsync(Cancel)).Position);
    }

    private sealed class TickingClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }
}
