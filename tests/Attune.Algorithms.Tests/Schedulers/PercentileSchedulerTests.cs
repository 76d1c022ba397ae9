using Attune.Scheduling;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class PercentileSchedulerTests
{
    // Losses of the others at epochs 1, 2, 3; their running averages at epoch 3 are 4, 5, 6 and 9, whose median is 5.5.
    private static readonly double[][] Others = [[6, 4, 2], [7, 5, 3], [8, 6, 4], [9, 9, 9]];

    [Theory]
    [InlineData(5.6, TrialDecision.Stop)]
    [InlineData(5.5, TrialDecision.Continue)]
    [InlineData(5.4, TrialDecision.Continue)]
    public void OnMeasurement_Median_ComparesTheBestWithTheMedianOfAverages(double best, TrialDecision expected)
    {
        var bench = Begin("median", """{"min_trials": 4, "grace_period": 3}""");
        Assert.Equal(TrialDecision.Continue, bench.Report(4, 20, 1));
        Assert.Equal(TrialDecision.Continue, bench.Report(4, best, 2));
        Assert.Equal(expected, bench.Report(4, 30, 3));
    }

    [Theory]
    [InlineData(50, 3.6, TrialDecision.Stop)]
    [InlineData(50, 3.5, TrialDecision.Continue)]
    [InlineData(25, 2.8, TrialDecision.Stop)]
    [InlineData(25, 2.75, TrialDecision.Continue)]
    public void OnMeasurement_Percentile_ComparesTheBestWithTheLossesThere(double keep, double best, TrialDecision expected)
    {
        // At epoch 3 the others have 2, 3, 4 and 9: the median is 3.5, the 25th percentile 2.75.
        var bench = Begin("percentile", FormattableString.Invariant($$"""{"min_trials": 4, "grace_period": 3, "keep": {{keep}}}"""));
        bench.Report(4, best, 1);
        Assert.Equal(expected, bench.Report(4, 30, 3));
    }

    [Theory]
    [InlineData("""{"min_trials": 5}""")]
    [InlineData("""{"min_trials": 1, "grace_period": 4}""")]
    [InlineData("""{"min_trials": 1, "grace_period": 2, "interval": 5}""", 1)]
    public void OnMeasurement_TooEarly_Continues(string options, double resource = 3) =>
        Assert.Equal(TrialDecision.Continue, Begin("median", options).Report(4, 100, resource));

    [Fact]
    public void OnMeasurement_ReportsThatLeapOverDecisions_AreComparedAtEach()
    {
        // A report at the end counts at every decision before it: there the best so far, 3, is worse than the median of 1 and 2.
        var bench = new SchedulerBench("median", """{"min_trials": 2}""", 9, SchedulerBench.Epochs(9));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(0, 1, 9);
        bench.Report(1, 2, 9);
        Assert.Equal(TrialDecision.Stop, bench.Report(2, 3, 9));
    }

    [Fact]
    public void OnMeasurement_Stopped_SaysSoAgainUntilItIsObeyed()
    {
        var bench = Begin("median", """{"min_trials": 4}""");
        bench.Script.Measure(4, new("loss", 100), 1);
        Assert.Equal(TrialDecision.Stop, bench.Ask(4));
        bench.Script.Measure(4, new("loss", 0), 2);
        Assert.Equal(TrialDecision.Stop, bench.Ask(4));
    }

    [Fact]
    public void Observe_TrialThatRunsAgain_ForgetsWhatWasWithdrawn()
    {
        var bench = Begin("median", """{"min_trials": 4, "grace_period": 3}""");
        bench.Report(4, 1, 1);
        bench.Script.Lose(4, willRetry: true);
        bench.Script.Restart(4);
        bench.Report(4, 20, 1);
        Assert.Equal(TrialDecision.Stop, bench.Report(4, 20, 3));
    }

    [Theory]
    [InlineData("median", """{"grace_period": 10}""", "'grace_period' is 10; allowed is a number from 1 to 9 (epoch)")]
    [InlineData("median", """{"interval": 0}""", "'interval' is 0; allowed is a positive number (epoch)")]
    [InlineData("percentile", """{"keep": 0}""", "'keep' is 0; allowed is a number from 0.1 to 99.9")]
    [InlineData("percentile", """{"min_trials": 0}""", "'min_trials' is 0; allowed is a whole number from 1")]
    public void CreateScheduler_OptionThatDoesNotSuit_SaysWhatIsAllowed(string name, string options, string message)
    {
        var error = Assert.Throws<ProblemException>(() => MethodRegistry.Default.CreateScheduler(
            new(name, 1, options), new(SchedulerBench.Epochs(9), 1, Budget.Unlimited)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static SchedulerBench Begin(string name, string options)
    {
        var bench = new SchedulerBench(name, options, 9, SchedulerBench.Epochs(9));
        for (var trial = 0; trial <= Others.Length; trial++)
            bench.Go();

        // All together, so that none of them is stopped.
        foreach (var trial in Enumerable.Range(0, Others.Length))
        {
            for (var epoch = 1; epoch <= 3; epoch++)
                bench.Script.Measure(trial, new("loss", Others[trial][epoch - 1]), epoch);
        }

        return bench;
    }
}
