using Attune.Programs;
using Attune.Programs.Unix;
using Attune.Runtime.Tests.Programs;
using Attune.Sqlite;

namespace Attune.Runtime.Tests.Execution;

public sealed class ProcessCrashTests
{
    /// <summary>
    /// Fails loudly when it runs twice at once; hangs in its first run, as a program in the midst of its work. The shell may report the
    /// end of its sleep on the standard error, which nobody reads any more: without the second trap that would end it too soon.
    /// </summary>
    private const string Script = """
        mkdir lock || { echo "runs twice at once" >&2; touch twice; exit 9; }
        trap 'rmdir lock; exit 143' TERM
        trap '' PIPE
        echo run >>runs
        echo 'attune: {"epoch": 1, "loss": 5}'
        if [ "$ATTUNE_ATTEMPT" = 1 ] && [ -e hang ]; then while :; do sleep 0.05; done; fi
        echo 'attune: {"epoch": 9, "loss": 1}'
        rmdir lock
        """;

    [Theory]
    [InlineData(CrashPoint.LaunchBegun, 1)]
    [InlineData(CrashPoint.Launched, 1)]
    [InlineData(CrashPoint.Reported, 2)]
    [InlineData(CrashPoint.EndBegun, 2)]
    public async Task RunAsync_WorkerKilledAtACrashPoint_SurvivorIsEndedBeforeTheTrialRunsAgain(string point, int runs)
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = await OpenAsync(out var folder);
        using var study = new ProgramStudy(folder) { Problem = ProgramStudy.WithEpochs, Store = store };
        await File.WriteAllTextAsync(study["script.sh"], Script, token);
        if (point == CrashPoint.Reported)
            await File.WriteAllTextAsync(study["hang"], "", token);

        LineCollector lines = new();
        await using RunningProgram victim = ProgramFolder.Launch(StudyVictim.Command(point, folder) with { OnOutput = lines.Add });
        var running = victim.RunAsync(CancellationToken.None, token);
        Assert.Equal("reached", await lines.NextAsync());
        Assert.Equal(0, LibC.Kill(victim.Identity.ProcessId, LibC.SignalKill));
        await running;

        var history = await study.RunAsync(StudyVictim.Options(study));
        var trial = Assert.Single(history.Trials);
        Assert.Null(trial.Failure?.Reason);
        Assert.Equal((TrialState.Completed, 2), (trial.State, trial.Attempt));
        Assert.Equal(1, trial.Losses[0]);
        Assert.False(File.Exists(study["twice"]));
        Assert.Equal(runs, (await File.ReadAllLinesAsync(study["runs"], token)).Length);
        study.AssertNothingRuns();
    }

    private static ValueTask<SqliteStore> OpenAsync(out string folder)
    {
        folder = Directory.CreateTempSubdirectory("attune-process-").FullName;
        return SqliteStore.OpenAsync(Path.Combine(folder, "store.db"), null, TestContext.Current.CancellationToken);
    }
}
