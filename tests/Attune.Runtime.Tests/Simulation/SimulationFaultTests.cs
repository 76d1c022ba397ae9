using Attune.Events;
using Attune.Simulation;
using static Attune.Runtime.Tests.Simulation.SimulationLab;

namespace Attune.Runtime.Tests.Simulation;

public sealed class SimulationFaultTests
{
    private const int Trials = 2000;

    // Four standard deviations of a share of 2,000.
    private static double Tolerance(double share) => 4 * Math.Sqrt(share * (1 - share) / Trials);

    [Fact]
    public async Task SimulateAsync_Stragglers_AreAsManyAndAsSlowAsSaid()
    {
        var outcome = await SimulateAsync(new() { StragglerShare = 0.05, StragglerFactor = 10 });
        var seconds = outcome.History.Trials.Select(trial => (trial.FinishedAt - trial.StartedAt)!.Value.TotalSeconds).ToArray();
        Assert.Equal([9, 90], seconds.Distinct().Order());
        Assert.InRange(seconds.Count(s => s == 90) / (double)Trials, 0.05 - Tolerance(0.05), 0.05 + Tolerance(0.05));
    }

    [Fact]
    public async Task SimulateAsync_Failures_AreAsManyAsSaidAtMomentsSpreadEvenly()
    {
        var outcome = await SimulateAsync(new() { FailureShare = 0.3 });
        var failed = outcome.History.Trials.Where(trial => trial.State == TrialState.Failed).ToArray();
        Assert.InRange(failed.Length / (double)Trials, 0.3 - Tolerance(0.3), 0.3 + Tolerance(0.3));
        Assert.All(failed, trial => Assert.Equal("simulated failure", trial.Failure!.Reason));
        var shares = failed.Select(trial => (trial.FinishedAt - trial.StartedAt)!.Value.TotalSeconds / 9).ToArray();
        for (var quarter = 0.25; quarter < 1; quarter += 0.25)
            Assert.InRange(shares.Count(share => share < quarter) / (double)shares.Length, quarter - 0.08, quarter + 0.08);

        // What was reported before is paid, and no more.
        Assert.All(failed, trial => Assert.Equal(Math.Floor((trial.FinishedAt - trial.StartedAt)!.Value.TotalSeconds), trial.ResourceSpent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SimulateAsync_Preemptions_GoOnFromTheLastCheckpointAndPayForTheRest(bool isResumable)
    {
        var outcome = await SimulateAsync(new() { PreemptionShare = 0.25 }, isResumable);
        var (history, lost) = (outcome.History, outcome.All<Lost>().ToArray());
        Assert.Equal(Trials, history.CountOf(TrialState.Completed));
        Assert.All(history.Trials, trial => Assert.Equal(1, trial.Attempt));
        var runs = outcome.All<Started>().Count();
        Assert.Equal(Trials + lost.Length, runs);
        Assert.InRange(lost.Length / (double)runs, 0.25 - Tolerance(0.25), 0.25 + Tolerance(0.25));

        // Every report stands for one more unit, whether it was made before or not.
        Assert.Equal(outcome.All<Measured>().Count(), history.ResourceSpent);
        Assert.True(history.ResourceSpent > 9 * Trials);
        foreach (var trial in outcome.All<TrialEvent>().GroupBy(e => e.Trial).Where(trial => trial.OfType<Lost>().Any()).Take(50))
        {
            double at = 0, saved = 0;
            foreach (var e in trial)
            {
                if (e is Measured measured)
                    Assert.Equal(++at, measured.Measurement.Resource);
                else if (e is CheckpointSaved checkpoint)
                    saved = checkpoint.Resource!.Value;
                else if (e is Lost)
                    at = saved;
            }

            Assert.Equal(isResumable, saved > 0);
        }
    }

    [Fact]
    public async Task SimulateAsync_Faults_DoNotDependOnTheNumberOfWorkers()
    {
        var faults = new SimulatedFaults { StragglerShare = 0.1, FailureShare = 0.1, PreemptionShare = 0.1 };
        var (one, many) = (await SimulateAsync(faults), await SimulateAsync(faults, workers: 100));
        Assert.Equal(
            one.History.Trials.Select(trial => (trial.State, trial.Token, trial.ResourceSpent)),
            many.History.Trials.Select(trial => (trial.State, trial.Token, trial.ResourceSpent)));
    }

    private static Task<Outcome> SimulateAsync(SimulatedFaults faults, bool isResumable = true, int workers = 16) => RunAsync(
        Define(Problem(isResumable: isResumable), new() { Trials = Trials }), Curve(checkpointEvery: 4),
        new() { Workers = workers, Faults = faults, Seed = 11 });
}
