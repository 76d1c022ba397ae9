using Digits.Model;

namespace Attune.Examples.Tests.Digits;

public sealed class DigitsModelTests
{
    private static readonly DigitsData Data = DigitsData.Load();

    private static readonly DigitsParameters Svm = new() { Model = ModelKind.Svm, Gamma = 1.5, Rank = 300, Iterations = 15 };

    private static readonly DigitsParameters Logistic = new() { Model = ModelKind.Logistic, L1 = 1e-3, L2 = 1e-2, Iterations = 25 };

    [Fact]
    public void Train_SameArgumentsAgain_GivesTheSameBits()
    {
        Assert.Equal(Train(Svm, seed: 7), Train(Svm, seed: 7));
        Assert.Equal(Train(Logistic, seed: 7), Train(Logistic, seed: 7));
    }

    [Fact]
    public async Task Train_SeveralAtOnce_GivesTheSameBitsAsAlone()
    {
        var alone = Enumerable.Range(1, 4).Select(seed => Train(Svm, seed)).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(1, 4).Select(seed => Task.Run(() => Train(Svm, seed))));

        Assert.Equal(alone, together);
    }

    [Fact]
    public void Train_OtherSeed_DrawsOtherFeatures()
    {
        const long HighHalfOnly = 1L << 40;

        Assert.NotEqual(Train(Svm, seed: 0).Loss, Train(Svm, seed: 1).Loss);
        Assert.NotEqual(Train(Svm, seed: 0).Loss, Train(Svm, seed: HighHalfOnly).Loss);
    }

    [Fact]
    public void Train_SensibleParameters_ReachesWhatIsKnownOfTheData()
    {
        // scikit-learn's example "Recognizing hand-written digits" reports 0.97 for a Gaussian support-vector machine on these images
        // (half of them fitted).
        var svm = Train(Svm, seed: 1);
        var logistic = Train(Logistic, seed: 1);

        Assert.InRange(svm.Accuracy, 0.96, 1);
        Assert.InRange(logistic.Accuracy, 0.93, 0.97);
        Assert.InRange(logistic.Loss, 0, Math.Log(DigitImage.ClassCount));
    }

    [Fact]
    public void Train_BadParameters_IsFarWorse()
    {
        Assert.InRange(Train(Svm with { Gamma = 30, Rank = 16 }, seed: 1).Accuracy, 0, 0.4);
        Assert.InRange(Train(Logistic with { L1 = 30 }, seed: 1).Accuracy, 0, 0.85);
    }

    [Fact]
    public void TrainFinal_SensibleParameters_MeasuresOtherImagesThanTrain()
    {
        var final = DigitsModel.TrainFinal(Svm, Data, seed: 1, TestContext.Current.CancellationToken);

        Assert.InRange(final.Accuracy, 0.95, 1);
        Assert.Equal(Math.Round(final.Accuracy * Data.Test.Count), final.Accuracy * Data.Test.Count, precision: 9);
        Assert.NotEqual(Train(Svm, seed: 1).Loss, final.Loss);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => DigitsModel.Train(Svm, Data, seed: 1, source.Token));
    }

    [Theory]
    [InlineData(nameof(DigitsParameters.Gamma))]
    [InlineData(nameof(DigitsParameters.Rank))]
    [InlineData(nameof(DigitsParameters.Lambda))]
    [InlineData(nameof(DigitsParameters.L1))]
    [InlineData(nameof(DigitsParameters.L2))]
    [InlineData(nameof(DigitsParameters.Iterations))]
    [InlineData(nameof(DigitsParameters.Model))]
    public void Train_ParameterOutOfRange_NamesIt(string name)
    {
        var parameters = name switch
        {
            nameof(DigitsParameters.Gamma) => Svm with { Gamma = 0 },
            nameof(DigitsParameters.Rank) => Svm with { Rank = 0 },
            nameof(DigitsParameters.Lambda) => Svm with { Lambda = double.NaN },
            nameof(DigitsParameters.L1) => Svm with { L1 = -1 },
            nameof(DigitsParameters.L2) => Svm with { L2 = double.PositiveInfinity },
            nameof(DigitsParameters.Iterations) => Svm with { Iterations = 0 },
            _ => Svm with { Model = (ModelKind)9 },
        };

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Train(parameters, seed: 1));

        Assert.Equal(name, exception.ParamName);
    }

    private static DigitsMetrics Train(DigitsParameters parameters, long seed) =>
        DigitsModel.Train(parameters, Data, seed, TestContext.Current.CancellationToken);
}
