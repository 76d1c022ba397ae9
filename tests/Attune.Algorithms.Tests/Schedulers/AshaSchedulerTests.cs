using Attune.Algorithms.Schedulers;
using Attune.Events;
using Attune.Scheduling;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class AshaSchedulerTests
{
    [Fact]
    public void Next_NineTrialsOneWorker_PromotesByAlgorithm2()
    {
        // The example of the paper's figure with n = 9, r = 1, R = 9, η = 3, counted from 0: 0, 5 and 7 get to the second rung, 7 to the third.
        double[] losses = [3, 6, 7, 8, 9, 2, 5, 1, 4];
        var bench = new SchedulerBench("asha", "{}", 9, SchedulerBench.Epochs(9));

        // Of 3 trials the best may go on, of 6 the two best, of 9 the three best; of three in the second rung the best.
        Assert.Equal("0@1 1@1 2@1 0@3 3@1 4@1 5@1 5@3 6@1 7@1 7@3 7@9 8@1", bench.RunAll((trial, _) => losses[trial]));
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
        Assert.Equal([new RungSummary(0, 0, 1, 9, 3), new(0, 1, 3, 3, 1), new(0, 2, 9, 1, 0)], bench.Rungs);
    }

    [Fact]
    public void Next_EveryTrialBetterThanThoseBefore_PromotesWhoeverIsAmongTheBestNow()
    {
        // Those promoted before keep what they got: four of six go on, as in Algorithm 2.
        var bench = new SchedulerBench("asha", "{}", 6, SchedulerBench.Epochs(3));
        Assert.Equal("0@1 1@1 2@1 2@3 3@1 3@3 4@1 4@3 5@1 5@3", bench.RunAll((trial, _) => -trial));
    }

    [Fact]
    public void Next_TwoRungsThatMayPromote_TakesTheHigher()
    {
        var bench = new SchedulerBench("asha", "{}", 100, SchedulerBench.Epochs(9));
        for (var trial = 0; trial < 9; trial++)
            Assert.Equal((trial, 1), bench.Go());
        for (var trial = 0; trial < 9; trial++)
            bench.Report(trial, trial, 1);
        for (var trial = 0; trial < 3; trial++)
            Assert.Equal((trial, 3), bench.Go());
        for (var trial = 0; trial < 3; trial++)
            bench.Report(trial, trial, 3);
        for (var trial = 9; trial < 12; trial++)
            Assert.Equal(trial == 9 ? (0, 9) : (trial - 1, 1), bench.Go());
    }

    [Theory]
    [InlineData("""{}""", 81, "1 3 9 27 81")]
    [InlineData("""{"eta": 4}""", 64, "1 4 16 64")]
    [InlineData("""{"min_resource": 2}""", 52, "2 6 18 52")]
    [InlineData("""{}""", 52, "1 3 9 27 52")]
    [InlineData("""{}""", 82, "1 3 9 27 82")]
    [InlineData("""{"eta": 1.5}""", 5, "1 2 3 5")]
    [InlineData("""{"eta": 100}""", 9, "1 9")]
    [InlineData("""{"min_resource": 9}""", 9, "9")]
    [InlineData("""{"max_resource": 10, "eta": 2}""", 81, "1 2 4 10")]
    public void Rungs_WholeResources_AreGeometricAndDiffer(string options, double high, string levels) => Assert.Equal(
        levels, string.Join(' ', new SchedulerBench("asha", options, 9, SchedulerBench.Epochs(high)).Rungs.Select(rung => rung.Resource)));

    [Fact]
    public void Rungs_SharesOfTheData_NeedNotBeWhole()
    {
        var bench = new SchedulerBench("asha", """{"eta": 2}""", 9, SchedulerBench.Epochs(1, 0.125, isInteger: false));
        Assert.Equal([0.125, 0.25, 0.5, 1], bench.Rungs.Select(rung => rung.Resource));
    }

    [Fact]
    public void Next_AllBrackets_BeginTrialsInHyperbandsProportions()
    {
        var bench = new SchedulerBench("asha", """{"brackets": 5}""", 143);
        var begun = new int[5];
        for (var trial = 0; trial < 143; trial++)
        {
            begun[((SchedulerAction.Start)bench.Next()).Step!.Bracket]++;
            bench.Go();
        }

        Assert.Equal([81, 34, 15, 8, 5], begun);
        Assert.Equal([1, 3, 9, 27, 81], bench.Rungs.Where(rung => rung.Rung == 0).Select(rung => rung.Resource));
    }

    [Fact]
    public void Next_FailedTrials_CountAsTheWorst()
    {
        var bench = new SchedulerBench("asha", "{}", 3, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(0, 5, 1);
        bench.Script.Fail(1);
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
        bench.Script.Fail(2);
        Assert.Equal((0, 3), bench.Go());
    }

    [Fact]
    public void Next_TrialsLostForGood_AreNotCounted()
    {
        var bench = new SchedulerBench("asha", "{}", 3, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(0, 5, 1);
        bench.Script.Lose(1);
        bench.Script.Lose(2);
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
        Assert.Equal(1, bench.Rungs[0].Trials);
    }

    [Fact]
    public void Observe_TrialThatRunsAgain_ReplacesItsLoss()
    {
        var bench = new SchedulerBench("asha", "{}", 3, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(0, 2, 1);
        bench.Report(1, 3, 1);

        // Measured as the best, but lost before it paused; the second time it is the worst.
        bench.Script.Measure(2, new("loss", 1), 1);
        Assert.Equal(TrialDecision.Pause, bench.Ask(2));
        bench.Script.Lose(2, willRetry: true);
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
        bench.Script.Restart(2);
        Assert.Equal(3, bench.Rungs[0].Trials);
        bench.Report(2, 4, 1);
        Assert.Equal(3, bench.Rungs[0].Trials);
        Assert.Equal((0, 3), bench.Go());
    }

    [Fact]
    public void OnMeasurement_ResourcesThatLeapOverRungs_PauseAtTheFirstBeyond()
    {
        var bench = new SchedulerBench("asha", "{}", 9, SchedulerBench.Epochs(9));
        var (trial, _) = bench.Go();
        Assert.Equal(TrialDecision.Continue, bench.Report(trial, 1, 0.5));
        Assert.Equal(TrialDecision.Pause, bench.Report(trial, 1, 5));
        for (var other = 1; other < 3; other++)
        {
            bench.Go();
            bench.Report(other, 2, 1);
        }

        // At 5 it has passed the second rung already: it counts there without running, and waits for two others.
        Assert.Equal([3, 1, 0], bench.Rungs.Select(rung => rung.Trials));
        Assert.Equal((3, 1), bench.Go());
    }

    [Fact]
    public void Next_TrialThatCompletesBelowTheMaximum_GoesUpWithoutRunning()
    {
        var bench = new SchedulerBench("asha", "{}", 3, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Script.Measure(0, new("loss", 1), 0.5);
        bench.Script.Append(new Finished(0));
        bench.Report(1, 2, 1);
        bench.Report(2, 3, 1);
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
        Assert.Equal([3, 1], bench.Rungs.Select(rung => rung.Trials));
    }

    [Fact]
    public void OnMeasurement_MaximumBelowFullFidelity_StopsThere()
    {
        var bench = new SchedulerBench("asha", """{"max_resource": 3}""", 3, SchedulerBench.Epochs(9));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        for (var trial = 0; trial < 3; trial++)
            Assert.Equal(TrialDecision.Pause, bench.Report(trial, trial, 1));
        Assert.Equal((0, 3), bench.Go());
        Assert.Equal(TrialDecision.Continue, bench.Report(0, 0, 2));
        Assert.Equal(TrialDecision.Stop, bench.Report(0, 0, 3));
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
    }

    [Fact]
    public void Next_OutcomeConstraint_PromotesFeasibleTrialsFirst()
    {
        var problem = new Problem(
            new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new Objective("gain", Direction.Maximize)],
            [new OutcomeConstraint("size", AtMost: 10)], [new Fidelity("epoch", 1, 3)]);
        var bench = new SchedulerBench("asha", "{}", 6, problem);
        for (var trial = 0; trial < 6; trial++)
            bench.Go();

        // By violation: 0 and 0 (3 has more gain), then 1, 2, 3.
        var (gains, sizes) = (new[] { 9.0, 8, 1, 2, 7, 6 }, new[] { 11.0, 12, 10, 5, 13, 20 });
        for (var trial = 0; trial < 6; trial++)
            bench.Report(trial, new MetricValues([new("gain", gains[trial]), new("size", sizes[trial])]), 1);
        Assert.Equal((3, 3), bench.Go());
        Assert.Equal((2, 3), bench.Go());
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
    }

    [Fact]
    public void OnMeasurement_Stopping_LetsTheBestGoOn()
    {
        // At each rung the first max(1, ⌊n/3⌋) of those that have got there so far go on.
        var bench = new SchedulerBench("asha", """{"type": "stopping"}""", 9, SchedulerBench.Epochs(9));
        for (var trial = 0; trial < 6; trial++)
            Assert.Equal((trial, 9), bench.Go());
        Assert.Equal(TrialDecision.Continue, bench.Report(0, 5, 1));
        Assert.Equal(TrialDecision.Stop, bench.Report(1, 6, 1));
        Assert.Equal(TrialDecision.Continue, bench.Report(2, 4, 1));
        Assert.Equal(TrialDecision.Stop, bench.Report(3, 7, 1));
        Assert.Equal(TrialDecision.Stop, bench.Report(4, 5, 1));
        Assert.Equal(TrialDecision.Continue, bench.Report(5, 4, 1));
        Assert.Equal(TrialDecision.Continue, bench.Report(2, 3, 2));
        Assert.Equal(TrialDecision.Continue, bench.Report(2, 3, 3));
        Assert.Equal(TrialDecision.Stop, bench.Report(0, 4, 3));
        Assert.Equal([6, 2, 0], bench.Rungs.Select(rung => rung.Trials));
    }

    [Fact]
    public void OnMeasurement_StoppingDecidedAndTrialLost_IsDecidedAnew()
    {
        var bench = new SchedulerBench("asha", """{"type": "stopping"}""", 9, SchedulerBench.Epochs(9));
        bench.Go();
        bench.Go();
        bench.Report(0, 1, 1);
        bench.Script.Measure(1, new("loss", 2), 1);
        Assert.Equal(TrialDecision.Stop, bench.Ask(1));
        bench.Script.Lose(1, willRetry: true);
        bench.Script.Restart(1);
        Assert.Equal(TrialDecision.Continue, bench.Report(1, 0.5, 1));
        Assert.Equal(2, bench.Rungs[0].Trials);
    }

    [Theory]
    [InlineData("""{"eta": 1}""", "'eta' is 1; allowed is a number from 1.1 to 100")]
    [InlineData("""{"min_resource": 100}""", "'min_resource' is 100; allowed is a number from 1 to 81 (epoch)")]
    [InlineData("""{"min_resource": 30, "max_resource": 27}""", "'min_resource' is 30; allowed is a number from 1 to max_resource, 27 (epoch)")]
    [InlineData("""{"max_resource": 82}""", "'max_resource' is 82; allowed is a number from 1 to 81 (epoch)")]
    [InlineData("""{"min_resource": 1.5}""", "'min_resource' is 1.5; allowed is a whole number from 1 to 81 (epoch)")]
    [InlineData("""{"brackets": 6}""", "'brackets' is 6; allowed is a whole number from 1 to 5")]
    [InlineData("""{"type": "pausing"}""", "allowed is one of promotion, stopping")]
    [InlineData("""{"grace": 3}""", "there is no option 'grace'")]
    public void CreateScheduler_OptionThatDoesNotSuit_SaysWhatIsAllowed(string options, string message)
    {
        var error = Assert.Throws<ProblemException>(() => MethodRegistry.Default.CreateScheduler(
            new("asha", 1, options), new(SchedulerBench.Epochs(81), 1, Budget.Unlimited)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateScheduler_MaximumBelowFullFidelityWhereItCounts_IsRefused()
    {
        var problem = new Problem(
            new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new Objective("loss") { Reduction = Reduction.AtFullFidelity }],
            fidelities: [new Fidelity("epoch", 1, 81)]);
        var error = Assert.Throws<ProblemException>(() => MethodRegistry.Default.CreateScheduler(
            new("asha", 1, """{"max_resource": 27}"""), new(problem, 1, Budget.Unlimited)));
        Assert.Contains("counts at full fidelity only, 81 (epoch)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_ObjectiveAtFullFidelity_IsRankedByWhatWasMeasured()
    {
        var problem = new Problem(
            new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new Objective("loss") { Reduction = Reduction.AtFullFidelity }],
            fidelities: [new Fidelity("epoch", 1, 3)]);
        var bench = new SchedulerBench("asha", "{}", 3, problem);
        Assert.Equal("0@1 1@1 2@1 1@3", bench.RunAll((trial, _) => trial == 1 ? 0 : 1));
    }
}
