using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;

namespace Attune.Testing.Tests.Simulation;

public sealed class SimulatedStudyTests
{
    [Fact]
    public void Run_SameSeed_MakesTheSameJournal()
    {
        var (first, second) = (Run(3, new()), Run(3, new()));
        Assert.Equal(first.Select(Text), second.Select(Text));
        Assert.NotEqual(first.Select(Text), Run(4, new()).Select(Text));
    }

    [Fact]
    public void Run_Disturbed_HoldsEveryKindOfDisturbance()
    {
        var seen = new HashSet<string>();
        for (var seed = 1UL; seed <= 10; seed++)
        {
            foreach (var journalEvent in Run(seed, new() { Trials = 40, EnqueueRate = 0.2 }))
            {
                seen.Add(journalEvent.Payload switch
                {
                    Lost { Interrupted: true } => "interrupted",
                    Lost { WillRetry: true } => "lost, again",
                    Failed { WillRetry: true } => "failed, again",
                    Failed => "failed",
                    Started { Attempt: > 1 } => "retried",
                    Proposed proposed when journalEvent.Position > proposed.Basis + 1 => "late proposal",
                    _ => journalEvent.Payload.GetType().Name,
                });
            }
        }

        string[] expected =
            ["interrupted", "lost, again", "failed, again", "failed", "retried", "late proposal", nameof(Enqueued),
                nameof(CheckpointSaved), nameof(Finished)];
        Assert.Empty(expected.Except(seen));
    }

    [Fact]
    public void Run_Quiet_CompletesEveryTrialInOrder()
    {
        var history = HistoryFold.Fold(Run(1, SimulationOptions.Quiet with { Trials = 12 }));
        Assert.Equal(12, history.CountOf(TrialState.Completed));
        Assert.Equal(Enumerable.Range(0, 12).Select(index => (long)index), history.Trials.Select(trial => trial.SamplerIndex));
    }

    private static System.Collections.Immutable.ImmutableArray<JournalEvent> Run(ulong seed, SimulationOptions options) =>
        SimulatedStudy.Run(TestProblems.Curves(), MethodRegistry.Default, new("random", 1), new("run-to-completion", 1), seed, options);

    private static string Text(JournalEvent journalEvent)
    {
        var payload = journalEvent.Payload switch
        {
            Proposed proposed => proposed.Configuration.ToString(),
            Measured measured => string.Join(',', measured.Measurement.Metrics),
            StudyCreated => "created",
            var other => other.ToString(),
        };
        return $"{journalEvent.Position} {journalEvent.Time:O} {journalEvent.Writer} {payload}";
    }
}
