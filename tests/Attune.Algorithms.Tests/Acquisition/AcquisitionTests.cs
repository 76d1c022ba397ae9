using Attune.Algorithms.Acquisition;

namespace Attune.Algorithms.Tests.Acquisition;

public sealed class AcquisitionTests
{
    private static readonly (string Name, IAcquisition Function)[] Functions =
    [
        ("ei", new ExpectedImprovement(0.3)), ("log-ei", new LogExpectedImprovement(0.3)), ("pi", new ProbabilityOfImprovement(0.3)),
        ("log-pi", new LogProbabilityOfImprovement(0.3)), ("ucb", new UpperConfidenceBound(4)),
        ("log-aei", new LogAugmentedExpectedImprovement(0.3, 0.5)), ("log-aei, little noise", new LogAugmentedExpectedImprovement(0.3, 1e-3)),
    ];

    public static TheoryData<string, double, double> Places()
    {
        var data = new TheoryData<string, double, double>();
        foreach (var (name, _) in Functions)
        {
            foreach (var mean in new[] { -2, 0.29, 0.3, 1.1, 5.3, 40.3 })
            {
                foreach (var deviation in new[] { 0.2, 1, 7 })
                    data.Add(name, mean, deviation);
            }
        }

        return data;
    }

    // log h(z), Φ/h and φ/h from 60-digit arithmetic (mpmath); the last two by the asymptotic series of Mills' ratio.
    [Theory]
    [InlineData(3, 1.0987396653277078, 0.33284096845179524, 0.0014770946446142933)]
    [InlineData(0, -0.91893853320467274, 1.2533141373155003, 1.0)]
    [InlineData(-0.5, -1.6205162643873199, 1.5598731483480797, 1.7799365741740398)]
    [InlineData(-0.9999, -2.4849306021991763, 1.9041990361771942, 2.9040086162735764)]
    [InlineData(-1, -2.4851210257126413, 1.9042712333296918, 2.9042712333296918)]
    [InlineData(-4.9, -16.212816407897734, 5.2679101005632792, 26.812759492760068)]
    [InlineData(-5, -16.74430116266099, 5.3618162412880885, 27.809081206440443)]
    [InlineData(-5.1, -17.285185774704836, 5.4559059518768738, 28.825120354572056)]
    [InlineData(-12.25, -80.980785058833983, 12.410144356957086, 153.02426837272431)]
    [InlineData(-40, -808.29856835661996, 40.049906657648518, 1602.9962663059407)]
    [InlineData(-300, -45012.326536814554, 300.00666644446173, 90002.999933338518)]
    [InlineData(-1e8, -5000000000000037.8, 100000000.00000002, 10000000000000003.0)]
    public void LogExpectedImprovement_KnownDistances_AgreesWithHighPrecision(double z, double log, double cdfRatio, double pdfRatio)
    {
        foreach (var deviation in new[] { 1, 0.01, 250 })
        {
            var acquisition = new LogExpectedImprovement(2);
            var value = acquisition.Value(2 - (z * deviation), deviation, out var byMean, out var byDeviation);
            var rounding = 1e-13 * Math.Max(1, z * z);
            Assert.Equal(log + Math.Log(deviation), value, rounding);
            Assert.Equal(acquisition.Value(2 - (z * deviation), deviation), value, rounding);
            Assert.InRange(byMean * -deviation / cdfRatio, 1 - 1e-12, 1 + 1e-12);
            Assert.InRange(byDeviation * deviation / pdfRatio, 1 - 1e-12, 1 + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Value_Derivatives_AgreeWithFiniteDifferences(string name, double mean, double deviation)
    {
        var function = Functions.Single(pair => pair.Name == name).Function;
        var value = function.Value(mean, deviation, out var byMean, out var byDeviation);
        Assert.Equal(function.Value(mean, deviation), value);
        var byMeanFound = Difference(shift => function.Value(mean + shift, deviation), deviation);
        var byDeviationFound = Difference(shift => function.Value(mean, deviation + shift), deviation);
        Assert.Equal(byMeanFound, byMean, 1e-6 * Math.Max(1e-3, Math.Abs(byMean)));
        Assert.Equal(byDeviationFound, byDeviation, 1e-6 * Math.Max(1e-3, Math.Abs(byDeviation)));
    }

    [Theory]
    [InlineData(-1.5)]
    [InlineData(0.3)]
    [InlineData(2)]
    public void ExpectedImprovement_ModerateDistances_IsTheIntegralOfTheImprovement(double mean)
    {
        const double Deviation = 0.8;
        const double Incumbent = 0.3;
        const double Step = 1e-4;
        var (expected, probability) = (0.0, 0.0);
        for (var loss = mean - (12 * Deviation) + (Step / 2); loss < Incumbent; loss += Step)
        {
            var density = Math.Exp(-0.5 * Math.Pow((loss - mean) / Deviation, 2)) / (Deviation * Math.Sqrt(2 * Math.PI));
            expected += Step * density * (Incumbent - loss);
            probability += Step * density;
        }

        Assert.Equal(expected, new ExpectedImprovement(Incumbent).Value(mean, Deviation), 1e-4);
        Assert.Equal(Math.Log(expected), new LogExpectedImprovement(Incumbent).Value(mean, Deviation), 1e-3);
        Assert.Equal(probability, new ProbabilityOfImprovement(Incumbent).Value(mean, Deviation), 1e-4);
        Assert.Equal(Math.Log(probability), new LogProbabilityOfImprovement(Incumbent).Value(mean, Deviation), 1e-3);
    }

    [Theory]
    [InlineData(0.4, 0.8, 0.6)]
    [InlineData(1.5, 0.3, 2)]
    [InlineData(0.1, 1e-3, 1)]
    public void LogAugmentedExpectedImprovement_UnderNoise_IsTheProductOfItsPaper(double mean, double deviation, double noise)
    {
        var augmented = new ExpectedImprovement(0.3).Value(mean, deviation)
            * (1 - (noise / Math.Sqrt((deviation * deviation) + (noise * noise))));
        Assert.Equal(Math.Log(augmented), new LogAugmentedExpectedImprovement(0.3, noise).Value(mean, deviation), 1e-6);
    }

    [Fact]
    public void LogAugmentedExpectedImprovement_NoNoise_IsLogExpectedImprovement()
    {
        var (augmented, plain) = (new LogAugmentedExpectedImprovement(0.3, 0), new LogExpectedImprovement(0.3));
        Assert.Equal(plain.Value(1, 0.2, out _, out var expected), augmented.Value(1, 0.2, out _, out var byDeviation));
        Assert.Equal(expected, byDeviation);
        Assert.Equal(double.NegativeInfinity, new LogAugmentedExpectedImprovement(0.3, 1).Value(0, 0));
    }

    [Fact]
    public void Value_FortyDeviationsAway_LogarithmsAreFiniteWithUsefulGradients()
    {
        foreach (var function in new IAcquisition[] { new LogExpectedImprovement(0), new LogProbabilityOfImprovement(0) })
        {
            var nearer = function.Value(40, 1, out var byMean, out var byDeviation);
            Assert.InRange(nearer, -820, -800);
            Assert.InRange(byMean, -41, -39);
            Assert.InRange(byDeviation, 1590, 1610);
            Assert.True(function.Value(41, 1) < nearer);
        }
    }

    [Fact]
    public void Value_NoDeviation_IsWhatTheMeanAloneImproves()
    {
        Assert.Equal(0.25, new ExpectedImprovement(1).Value(0.75, 0));
        Assert.Equal(0, new ExpectedImprovement(1).Value(1.5, 0));
        Assert.Equal(Math.Log(0.25), new LogExpectedImprovement(1).Value(0.75, 0));
        Assert.Equal(double.NegativeInfinity, new LogExpectedImprovement(1).Value(1.5, 0));
        Assert.Equal(1, new ProbabilityOfImprovement(1).Value(0.75, 0));
        Assert.Equal(0, new ProbabilityOfImprovement(1).Value(1.5, 0));
        Assert.Equal(0, new LogProbabilityOfImprovement(1).Value(0.75, 0));
        Assert.Equal(double.NegativeInfinity, new LogProbabilityOfImprovement(1).Value(1.5, 0));
        Assert.Equal(-1.5, new UpperConfidenceBound(9).Value(1.5, 0));
    }

    [Theory]
    [InlineData(ExplorationSchedule.Practical, 2, 10, 3.239441)]
    [InlineData(ExplorationSchedule.Theoretical, 2, 10, 16.197206)]
    [InlineData(ExplorationSchedule.Theoretical, 6, 50, 24.832182)]
    public void Schedule_KnownTrials_IsThePublishedFormula(ExplorationSchedule schedule, int dimensions, int trial, double beta)
    {
        // 2 log(d t² π²/(6 · 0.1)) and a fifth of it, evaluated independently.
        Assert.Equal(beta, UpperConfidenceBound.Schedule(schedule, dimensions, trial, 0.1), 1e-6);
    }

    [Fact]
    public void Constructor_NonsenseArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("incumbent", () => new LogExpectedImprovement(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("noise", () => new LogAugmentedExpectedImprovement(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("noise", () => new LogAugmentedExpectedImprovement(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("incumbent", () => new ProbabilityOfImprovement(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new UpperConfidenceBound(-1));
        Assert.Throws<ArgumentOutOfRangeException>("delta", () => UpperConfidenceBound.Schedule(ExplorationSchedule.Practical, 2, 1, 0));
    }

    // Richardson's extrapolation of central differences: the error is of fourth order in the step.
    private static double Difference(Func<double, double> function, double scale)
    {
        var step = 1e-3 * scale;
        double Central(double h) => (function(h) - function(-h)) / (2 * h);
        return ((4 * Central(step / 2)) - Central(step)) / 3;
    }
}
