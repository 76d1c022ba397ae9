using Attune.Events;
using Attune.Scheduling;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class HyperbandSchedulerTests
{
    // L. Li et al., JMLR 18, 2018, Table 1: n_i and r_i of the brackets s = 4 to 0 for R = 81, η = 3.
    private const string Table =
        "81x1 27x3 9x9 3x27 1x81 | 34x3 11x9 3x27 1x81 | 15x9 5x27 1x81 | 8x27 2x81 | 5x81";

    [Fact]
    public void RunAll_NoWorkerLost_RunsThePapersTable()
    {
        var bench = new SchedulerBench("hyperband", "{}", 143);
        bench.RunAll((trial, _) => trial * 37 % 143);
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
        Assert.Equal(Table, Runs(bench));
    }

    [Fact]
    public void RunAll_ManyTrials_BeginsAgainWithTheFirstBracket()
    {
        var bench = new SchedulerBench("hyperband", "{}", 143 + 81);
        bench.RunAll((trial, _) => trial * 37 % 143);
        Assert.Equal($"{Table} | 81x1 27x3 9x9 3x27 1x81", Runs(bench));
    }

    [Fact]
    public void RunAll_BestOfEachRung_GoOn()
    {
        var bench = new SchedulerBench("successive-halving", "{}", 9, SchedulerBench.Epochs(9));
        double[] losses = [3, 6, 7, 8, 9, 2, 5, 1, 4];
        Assert.Equal("0@1 1@1 2@1 3@1 4@1 5@1 6@1 7@1 8@1 7@3 5@3 0@3 7@9", bench.RunAll((trial, _) => losses[trial]));
    }

    [Theory]
    [InlineData("""{"trials": 20}""", 20, "20x1 6x3 2x9")]
    [InlineData("""{}""", 50, "50x1 16x3 5x9 1x27")]
    [InlineData("""{"eta": 2.5, "trials": 19, "min_resource": 10}""", 19, "19x13 7x32 2x81")]
    [InlineData("""{"trials": 4, "eta": 2}""", 6, "4x1 2x3 1x5 | 2x1 1x3")]
    public void RunAll_SuccessiveHalving_RoundsDown(string options, int trials, string expected)
    {
        var bench = new SchedulerBench("successive-halving", options, trials);
        bench.RunAll((trial, _) => trial * 37 % 143);
        Assert.Equal(expected, Runs(bench));
    }

    [Fact]
    public void Next_TrialStillRunning_BeginsTheNextBracketAndPromotesLater()
    {
        var bench = new SchedulerBench("successive-halving", """{"trials": 3}""", 100, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(0, 1, 1);
        bench.Report(1, 2, 1);
        Assert.Equal(new ScheduleStep(1, 0, 0, 1), ((SchedulerAction.Start)bench.Next()).Step);
        Assert.Equal((3, 1), bench.Go());
        bench.Report(2, 3, 1);
        Assert.Equal((0, 3), bench.Go());
    }

    [Fact]
    public void Next_TrialsFailedOrLostForGood_DoNotHoldUpTheirRung()
    {
        var bench = new SchedulerBench("successive-halving", """{"trials": 9}""", 9, SchedulerBench.Epochs(9));
        for (var trial = 0; trial < 9; trial++)
            bench.Go();
        for (var trial = 0; trial < 7; trial++)
            bench.Report(trial, trial, 1);
        bench.Script.Fail(7);
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
        bench.Script.Lose(8);
        for (var trial = 0; trial < 3; trial++)
            Assert.Equal((trial, 3), bench.Go());
        bench.Script.Lose(0);
        bench.Script.Fail(1);
        bench.Report(2, 5, 3);
        Assert.Equal((2, 9), bench.Go());
    }

    [Fact]
    public void Next_AllTrialsFailed_Finishes()
    {
        var bench = new SchedulerBench("hyperband", "{}", 2, SchedulerBench.Epochs(3));
        bench.Go();
        bench.Go();
        bench.Script.Fail(0);
        bench.Script.Lose(1);
        Assert.IsType<SchedulerAction.Finish>(bench.Next());
    }

    [Fact]
    public void Next_ChosenTrialThatFailsWhileItPauses_GivesItsPlaceToTheNext()
    {
        var bench = new SchedulerBench("successive-halving", """{"trials": 3}""", 3, SchedulerBench.Epochs(3));
        for (var trial = 0; trial < 3; trial++)
            bench.Go();
        bench.Report(1, 2, 1);
        bench.Report(2, 3, 1);
        bench.Script.Measure(0, new("loss", 1), 1);
        Assert.Equal(TrialDecision.Pause, bench.Ask(0));
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
        bench.Script.Fail(0);
        Assert.Equal((1, 3), bench.Go());
    }

    [Fact]
    public void Next_SeveralObjectives_PromotesTheFrontSpreadOut()
    {
        // The front is 0 to 3; the least sum of scaled losses has 1, and farthest from it is 3.
        var problem = new Problem(
            new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new("f"), new("g")], fidelities: [new Fidelity("epoch", 1, 3)]);
        var bench = new SchedulerBench("successive-halving", """{"trials": 6}""", 6, problem);
        (double F, double G)[] values = [(0, 10), (2, 4), (3, 3.5), (10, 0), (3, 8), (11, 11)];
        for (var trial = 0; trial < 6; trial++)
            bench.Go();
        for (var trial = 0; trial < 6; trial++)
            bench.Report(trial, new MetricValues([new("f", values[trial].F), new("g", values[trial].G)]), 1);
        Assert.Equal((1, 3), bench.Go());
        Assert.Equal((3, 3), bench.Go());
        Assert.IsType<SchedulerAction.Wait>(bench.Next());
    }

    /// <summary>How many trials ran to which resource, by bracket and rung.</summary>
    private static string Runs(SchedulerBench bench)
    {
        var steps = bench.Script.Events.Select(item => item.Payload switch
        {
            Started started => started.Step,
            Resumed resumed => resumed.Step,
            _ => null,
        }).OfType<ScheduleStep>();
        return string.Join(" | ", steps.GroupBy(step => step.Bracket).OrderBy(bracket => bracket.Key).Select(bracket => string.Join(
            ' ', bracket.GroupBy(step => (step.Rung, step.To)).OrderBy(rung => rung.Key)
                .Select(rung => FormattableString.Invariant($"{rung.Count()}x{rung.Key.To}")))));
    }
}
