using System.Collections.Immutable;
using Attune.Histories;
using Attune.Numerics;

namespace Attune.Core.Tests.Histories;

public sealed class LossReductionTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    private static readonly Problem Everything = new(
        Space,
        [
            new("last", Direction.Maximize), new("best") { Reduction = Reduction.Best }, new("full") { Reduction = Reduction.AtFullFidelity },
            new("mean") { Reduction = Reduction.MeanOverInstances },
        ],
        [new("memory", AtMost: 4), new("speed", AtLeast: 2)],
        [new("epochs", 1, 9)]);

    [Fact]
    public void Losses_OfRandomMeasurements_AgreeWithTheirDefinitionsAfterEveryOne()
    {
        for (var seed = 0ul; seed < 200; seed++)
        {
            var random = RandomKey.FromSeed(seed).CreateStream();
            var measurements = MeasurementList.Empty;
            ImmutableArray<double> losses = [], violations = [];
            for (var i = 0; i < 12; i++)
            {
                var measurement = Draw(ref random);
                measurements = measurements.Add(measurement);
                losses = LossReduction.Losses(Everything, measurements, losses);
                violations = LossReduction.Violations(Everything, measurement, violations);
                Assert.Equal([-Last("last"), Of("best").DefaultIfEmpty(double.NaN).Min(), LastFull(), Mean()], losses);
                Assert.Equal([Last("memory") - 4, 2 - Last("speed")], violations);
                Assert.Equal(losses, LossReduction.Losses(Everything, measurements));
                Assert.Equal(violations, LossReduction.Violations(Everything, measurements));
            }

            IEnumerable<double> Of(string metric) =>
                measurements.Where(measurement => measurement.Metrics.TryGet(metric, out _)).Select(measurement => measurement.Metrics[metric]);

            double Last(string metric) => Of(metric).LastOrDefault(double.NaN);

            double LastFull() => measurements.Where(measurement => measurement.Resource == 9 && measurement.Metrics.TryGet("full", out _))
                .Select(measurement => measurement.Metrics["full"]).LastOrDefault(double.NaN);

            double Mean() => measurements.Where(measurement => measurement.Metrics.TryGet("mean", out _)).GroupBy(measurement => measurement.Instance)
                .Select(group => group.Last().Metrics["mean"]).Order().DefaultIfEmpty(double.NaN).Average();
        }
    }

    [Fact]
    public void Apply_OneOfTwoObjectivesIsMissing_TrialHasNoLossesButKeepsWhatIsKnown()
    {
        var journal = new ScriptedJournal(new(Space, [new("loss"), new("accuracy", Direction.Maximize)])).Run();
        var history = HistoryFold.Fold(journal.Measure(0.5).Events);
        Assert.True(history.Trials[0].Losses.IsEmpty);
        history = HistoryFold.Fold(journal.Then(new Attune.Events.Measured(0, Measurement.Of("accuracy", 0.75))).Events);
        Assert.Equal([0.5, -0.75], history.Trials[0].Losses);
    }

    [Fact]
    public void Losses_OfOneMoreMeasurement_ReadTheNewOneAlone()
    {
        // A trial that reports a new name every time would else be searched from its end to its beginning at every report.
        var problem = new Problem(Space, [new("last"), new("best") { Reduction = Reduction.Best }], [new("memory", AtMost: 4)]);
        var measurements = MeasurementList.Empty.Add(Measurement.Of("last", 99)).Add(Measurement.Of("best", -99)).Add(Measurement.Of("other", 1));
        Assert.Equal([double.NaN, 5], LossReduction.Losses(problem, measurements, [double.NaN, 5]));
    }

    private static Measurement Draw(ref RandomStream random)
    {
        var metrics = new List<KeyValuePair<string, double>>();
        foreach (var name in (string[])["last", "best", "full", "mean", "memory", "speed"])
        {
            if (random.NextDouble() < 0.4)
                metrics.Add(new(name, Math.Round(8 * random.NextDouble(), 2)));
        }

        return new(new MetricValues(metrics)) { Resource = random.NextDouble() < 0.5 ? 9 : 3, Instance = $"fold {(int)(3 * random.NextDouble())}" };
    }
}
