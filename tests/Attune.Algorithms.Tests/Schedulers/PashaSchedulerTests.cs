using System.Collections.Immutable;
using Attune.Algorithms.Schedulers;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class PashaSchedulerTests
{
    [Fact]
    public void RunAll_OrderThatStays_NeverOpensTheThirdRung()
    {
        var bench = new SchedulerBench("pasha", "{}", 81);
        bench.RunAll((trial, resource) => (trial * 37 % 81) + (1 / resource));
        Assert.True(bench.Rungs[1].Trials >= 27);
        Assert.All(bench.Rungs.Skip(2), rung => Assert.Equal(0, rung.Trials));
    }

    [Fact]
    public void RunAll_OrderThatTurnsAround_OpensARungAfterTheOther()
    {
        // In every other rung the order is reversed.
        var bench = new SchedulerBench("pasha", "{}", 200);
        bench.RunAll((trial, resource) => resource is 1 or 9 or 81 ? trial : -trial);
        Assert.All(bench.Rungs, rung => Assert.True(rung.Trials > 0, $"Rung {rung.Rung} is empty."));
    }

    [Fact]
    public void RunAll_OrderThatTurnsOnlyAboveTheSecondRung_StaysBelow()
    {
        var bench = new SchedulerBench("pasha", "{}", 200);
        bench.RunAll((trial, resource) => resource >= 9 ? -trial : trial);
        Assert.Equal(0, bench.Rungs[2].Trials);
    }

    [Fact]
    public void Estimate_CurvesThatCrossAndCrossBack_TellTheNoise()
    {
        // 0 and 1 cross twice and end 0.2 apart; 0 and 2 cross once; 1 and 2 never.
        LossCurve[] curves = [Curve(1.0, 0.7, 0.5, 0.2), Curve(1.1, 0.6, 0.6, 0.4), Curve(0.9, 0.5, 0.55, 0.3)];
        Assert.Equal(0.2, RankingNoise.Estimate(curves[..2])!.Value, 12);
        Assert.Null(RankingNoise.Estimate([curves[0], curves[2]]));
        Assert.Null(RankingNoise.Estimate(curves[1..]));
        Assert.Equal(0.2, RankingNoise.Estimate(curves)!.Value, 12);
        Assert.Null(RankingNoise.Estimate([]));
    }

    [Fact]
    public void Report_TrialsWithinTheNoise_MayChangePlaces()
    {
        // At every epoch two trials change places, by 0.1: after they crossed back that is noise. Strictly, the order in rung 2 is another.
        var bench = new SchedulerBench("pasha", """{"eta": 2}""", 4, SchedulerBench.Epochs(8));
        double[][] losses = [[1.0, 1.1], [1.1, 1.0], [5, 5], [6, 6]];
        for (var trial = 0; trial < 4; trial++)
            bench.Go();
        for (var trial = 0; trial < 4; trial++)
        {
            bench.Report(trial, losses[trial][1], 0.25);
            bench.Report(trial, losses[trial][0], 0.5);
            bench.Report(trial, losses[trial][1], 0.75);
            bench.Report(trial, losses[trial][0], 1);
        }

        for (var run = 0; run < 2; run++)
        {
            var (trial, resource) = bench.Go();
            Assert.Equal(2, resource);
            bench.Report(trial, losses[trial][1], 2);
        }

        Assert.Equal([4, 2, 0, 0], bench.Rungs.Select(rung => rung.Trials));
        Assert.IsType<Attune.Scheduling.SchedulerAction.Finish>(bench.Next());
    }

    private static LossCurve Curve(params double[] losses) =>
        new([.. losses.Select((loss, i) => (i + 1.0, ImmutableArray.Create(loss)))]);
}
