using Attune.Events;
using Attune.Execution;
using Attune.Programs;
using Attune.Scheduling;

namespace Attune.Runtime.Tests.Execution;

public sealed class ProcessDecisionTests
{
    /// <summary>
    /// Trains in epochs, saves its state when it is asked to end, and goes on from it. It fails loudly when it runs twice at once. What it
    /// was told is in <c>told</c>. A file called <c>hang-N</c> makes it wait after epoch N, once; in short steps, since a shell runs its
    /// trap only between commands.
    /// </summary>
    private const string Trainer = """
        mkdir lock || { echo "runs twice at once" >&2; exit 9; }
        leave() {
          cat "$ATTUNE_CONTROL" >>told
          echo "attune: {\"checkpoint\": \"$ATTUNE_CHECKPOINT\", \"resource\": $epoch}"
          rmdir lock
          exit 143
        }
        trap leave TERM
        epoch=0
        [ -e "$ATTUNE_CHECKPOINT" ] && epoch=$(cat "$ATTUNE_CHECKPOINT")
        echo "from ${ATTUNE_FROM_RESOURCE-nothing} to $ATTUNE_RESOURCE attempt $ATTUNE_ATTEMPT" >>runs
        while [ "$epoch" -lt "${ATTUNE_RESOURCE%.*}" ]; do
          epoch=$((epoch + 1))
          echo "$epoch" >"$ATTUNE_CHECKPOINT"
          echo "attune: {\"epoch\": $epoch, \"loss\": $((100 - epoch))}"
          if [ -e "hang-$epoch" ]; then rm "hang-$epoch"; while :; do sleep 0.05; done; fi
        done
        rmdir lock
        """;

    /// <summary>Reports once, and cannot be ended politely.</summary>
    private const string Stubborn = "trap '' TERM; echo 'attune: {\"loss\": 1}'; while :; do sleep 100000; done";

    [Fact]
    public async Task RunAsync_SchedulerStops_WhatWasMeasuredCounts()
    {
        using var study = new ProgramStudy
        {
            Problem = ProgramStudy.WithEpochs,
            Methods = new() { Decide = (_, measurement) => measurement.Resource >= 3 ? TrialDecision.Stop : TrialDecision.Continue },
        };
        Hang(study, 3);
        var trial = await study.RunOneAsync(Trainer);
        Assert.Equal(TrialState.Stopped, trial.State);
        Assert.Equal(97, trial.Measurements[^1].Metrics["loss"]);
        Assert.Equal(["stop"], await study.ReadLinesAsync("told"));
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_SchedulerPauses_ProgramSavesItsStateAndGoesOnFromIt()
    {
        using var study = new ProgramStudy
        {
            Problem = ProgramStudy.WithEpochs,
            Methods = new() { Decide = (_, measurement) => measurement.Resource is 2 or 5 ? TrialDecision.Pause : TrialDecision.Continue },
        };
        Hang(study, 2, 5);
        var trial = await study.RunOneAsync(Trainer);
        Assert.Equal(TrialState.Completed, trial.State);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], trial.Measurements.Select(measurement => measurement.Resource!.Value));
        Assert.Equal(["pause", "pause"], await study.ReadLinesAsync("told"));
        Assert.Equal(["from nothing to 9 attempt 1", "from 2 to 9 attempt 1", "from 5 to 9 attempt 1"], await study.ReadLinesAsync("runs"));
        Assert.Equal(1, trial.Attempt);
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_ProgramFinishesItsEpochBeforeItPauses_NothingIsMissing()
    {
        using var study = new ProgramStudy
        {
            Problem = ProgramStudy.WithEpochs,
            Methods = new() { Decide = (_, measurement) => measurement.Resource == 1 ? TrialDecision.Pause : TrialDecision.Continue },
        };
        var trial = await study.RunOneAsync("""
            if [ -n "$ATTUNE_FROM_RESOURCE" ]; then echo 'attune: {"epoch": 9, "loss": 1}'; exit; fi
            trap 'echo "attune: {\"epoch\": 2, \"loss\": 2, \"checkpoint\": \"two\"}"; exit 0' TERM
            echo 'attune: {"epoch": 1, "loss": 3}'
            while :; do sleep 0.05; done
            """);
        Assert.Equal(TrialState.Completed, trial.State);
        Assert.Equal([1, 2, 9], trial.Measurements.Select(measurement => measurement.Resource!.Value));
    }

    [Fact]
    public async Task RunAsync_ProgramPollsItsControlFile_NoSignalIsNeeded()
    {
        using var study = new ProgramStudy { Methods = new() { Decide = (_, _) => TrialDecision.Stop } };
        var options = study.Shell("""
            trap 'echo signalled >>told' TERM
            cat "$ATTUNE_CONTROL" >>told
            echo 'attune: {"loss": 1}'
            until [ "$(cat "$ATTUNE_CONTROL")" = stop ]; do sleep 0.01; done
            cat "$ATTUNE_CONTROL" >>told
            """) with { PoliteSignal = PoliteSignal.None };
        Assert.Equal(TrialState.Stopped, (await study.RunOneAsync(options)).State);
        Assert.Equal(["continue", "stop"], await study.ReadLinesAsync("told"));
    }

    [Fact]
    public async Task RunAsync_ProgramIgnoresTheSignal_IsKilledAfterTheGracePeriod()
    {
        using var study = new ProgramStudy { Methods = new() { Decide = (_, _) => TrialDecision.Stop } };
        var options = study.Shell("trap '' TERM; (while :; do sleep 100000; done) & " + Stubborn);
        var trial = await study.RunOneAsync(options with { Grace = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(TrialState.Stopped, trial.State);
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_Cancelled_NothingRunsAndTheTrialGoesOnFromItsCheckpoint()
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs };
        Hang(study, 4);
        using var cancelling = new CancellationTokenSource();
        var history = await study.RunAsync(
            study.Shell(Trainer),
            journalEvent =>
            {
                if (journalEvent.Payload is Measured { Measurement.Resource: 4 })
                    _ = cancelling.CancelAsync();
            },
            cancelling);
        study.AssertNothingRuns();
        Assert.True(history.Trials[0].IsInterrupted);
        Assert.Equal(4, history.Trials[0].CheckpointResource);
        Assert.Equal(["pause"], await study.ReadLinesAsync("told"));

        var trial = (await study.RunAsync(study.Shell(Trainer))).Trials[0];
        Assert.Equal((TrialState.Completed, 1), (trial.State, trial.Attempt));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], trial.Measurements.Select(measurement => measurement.Resource!.Value));
        Assert.Equal("from 4 to 9 attempt 1", (await study.ReadLinesAsync("runs"))[^1]);
    }

    [Fact]
    public async Task RunAsync_Hurry_CutsTheGracePeriodShort()
    {
        using var study = new ProgramStudy();
        using var hurry = new CancellationTokenSource();
        var options = study.Shell(Stubborn);
        await study.RunAsync(
            options with { Grace = TimeSpan.FromDays(1), Hurry = hurry.Token },
            journalEvent =>
            {
                if (journalEvent.Payload is Measured)
                    _ = hurry.CancelAsync();
            },
            hurry);
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_FailedAttempt_IsRetriedFromTheCheckpoint()
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs, Retries = new(FailedAttempts: 2) };
        var trial = await study.RunOneAsync("""
            echo "$ATTUNE_CHECKPOINT ${ATTUNE_FROM_RESOURCE-nothing}" >>runs
            if [ "$ATTUNE_ATTEMPT" = 1 ]; then
              echo 'attune: {"epoch": 1, "loss": 5}'
              echo 'attune: {"epoch": 2, "loss": 4, "checkpoint": "my.bin"}'
              echo 'attune: {"epoch": 3, "loss": 3}'
              exit 1
            fi
            echo 'attune: {"epoch": 3, "loss": 2}'
            """);
        Assert.Equal((TrialState.Completed, 2), (trial.State, trial.Attempt));
        Assert.Equal([5, 4, 2], trial.Measurements.Select(measurement => measurement.Metrics["loss"]));
        Assert.Equal([$"{study.TrialFolder()}/checkpoint nothing", "my.bin 2"], await study.ReadLinesAsync("runs"));
        Assert.True(File.Exists(Path.Combine(study.TrialFolder(), "attempt-1", "config.json")));
        Assert.True(File.Exists(Path.Combine(study.TrialFolder(), "attempt-2", "config.json")));
    }

    [Fact]
    public async Task RunAsync_TrialGivenToSomebodyElse_ProgramIsKilledAtOnce()
    {
        using var study = new ProgramStudy();
        var executor = new ProcessExecutor("s", study.Problem, study.Shell(Stubborn));
        var configuration = study.Problem.Space.Configure([], useDefaults: true);
        var sink = new StaleSink();
        await Assert.ThrowsAsync<StaleTokenException>(
            () => executor.RunAsync(new(0, 1, 1, configuration, study.Problem, 5), sink, TestContext.Current.CancellationToken));
        Assert.Equal(ProgramPresence.Gone, ProgramProbe.Look(sink.Program!));
    }

    private static void Hang(ProgramStudy study, params ReadOnlySpan<int> epochs)
    {
        foreach (var epoch in epochs)
            File.WriteAllText(study[FormattableString.Invariant($"hang-{epoch}")], "");
    }

    private sealed class StaleSink : IMeasurementSink
    {
        public ProgramIdentity? Program { get; private set; }

        public ValueTask<TrialDecision> ReportAsync(Measurement measurement, CancellationToken cancellationToken) =>
            throw new StaleTokenException(0, "stale");

        public ValueTask SaveCheckpointAsync(string checkpoint, double? resource, CancellationToken cancellationToken) =>
            throw new StaleTokenException(0, "stale");

        public ValueTask LaunchedAsync(string host, int processId, long processStart, CancellationToken cancellationToken)
        {
            Program = new(HostIdentity.FromText(host), processId, processStart);
            return ValueTask.CompletedTask;
        }
    }
}
