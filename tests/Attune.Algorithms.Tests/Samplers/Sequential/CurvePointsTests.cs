using Attune.Algorithms.Samplers;

namespace Attune.Algorithms.Tests.Samplers.Sequential;

public sealed class CurvePointsTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    [Fact]
    public void Of_ALongCurve_TakesTheNewestAndThenHalvesDownToAnEighth()
    {
        var points = Points(Reduction.Last, Trial(TrialState.Running, [.. Enumerable.Range(1, 50).Select(epoch => (epoch, 100.0 - epoch))]));

        Assert.Equal([50, 25, 12], points.Resources);
        Assert.Equal([50.0, 75, 88], points.Trials.Select(view => view.Losses[0]));
    }

    [Fact]
    public void Of_AShortCurve_HasItsNewestPointHoweverEarly()
    {
        var points = Points(Reduction.Last, Trial(TrialState.Paused, (1, 3.0), (2, 2.5)));

        Assert.Equal([2], points.Resources);
        Assert.Equal(2.5, points.Trials[0].Losses[0]);
    }

    [Fact]
    public void Of_TheBestOfACurve_IsTheBestUpToThere()
    {
        var points = Points(Reduction.Best, Trial(TrialState.Completed, (16, 4.0), (32, 1.0), (64, 2.0)));

        Assert.Equal([64, 32, 16], points.Resources);
        Assert.Equal([1.0, 1, 4], points.Trials.Select(view => view.Losses[0]));
    }

    [Fact]
    public void Of_ValuesThatCountAtFullFidelityOnly_StillTellOnTheWay()
    {
        var points = Points(Reduction.AtFullFidelity, Trial(TrialState.Paused, (16, 4.0), (32, 3.0)));

        Assert.Equal([4.0, 3], points.Trials.Select(view => view.Losses[0]).Reverse());
    }

    [Fact]
    public void Of_AFailure_IsAtFullFidelity()
    {
        var points = Points(Reduction.Last, Trial(TrialState.Failed, (16, 4.0)));

        Assert.Equal([64], points.Resources);
        Assert.Equal(TrialState.Failed, points.Trials[0].State);
    }

    [Fact]
    public void Of_MoreThanThereIsRoomFor_KeepsTheNewestOfEachTrialAndThenTheLatest()
    {
        var trials = Enumerable.Range(0, 3).Select(_ => Trial(TrialState.Running, (16, 4.0), (32, 3.0), (64, 2.0))).ToArray();

        var points = CurvePoints.Of(trials, Problem(Reduction.Last), most: 5);

        Assert.Equal([0, 0, 1, 1, 2], points.Owners);
        Assert.Equal([64, 32, 64, 32, 64], points.Resources);
        Assert.Equal([true, true, true], points.Reaches(64, 3));
    }

    [Fact]
    public void Reaches_NobodyYet_CountsEverybody()
    {
        var points = Points(Reduction.Last, Trial(TrialState.Running, (16, 4.0)));

        Assert.Equal([true], points.Reaches(64, 1));
        Assert.Equal([true], points.Reaches(16, 1));
    }

    private static CurvePoints Points(Reduction reduction, Trial trial) => CurvePoints.Of([trial], Problem(reduction), most: 100);

    private static Problem Problem(Reduction reduction) =>
        new(Space, [new("loss") { Reduction = reduction }], fidelities: [new("epoch", 1, 64)]);

    private static Trial Trial(TrialState state, params (int Epoch, double Loss)[] curve)
    {
        var list = MeasurementList.Empty;
        foreach (var (epoch, loss) in curve)
            list = list.Add(Measurement.Of("loss", loss, epoch));
        return new() { Number = 0, Configuration = Space.Default(), State = state, Measurements = list };
    }
}
