using Digits.Model;

namespace Attune.Experiments.Tests;

public sealed class NetworkTrainingTests
{
    private static readonly DigitsData Data = DigitsData.Load();

    private static readonly NetworkSettings Good = new(
        Hidden: 32, BatchSize: 32, LearningRate: 0.1f, Decay: 0.95f, Momentum: 0.9f, WeightDecay: 1e-4f, Dropout: 0.1f, InitialScale: 1);

    [Fact]
    public void Run_WithoutSteps_IsAsGoodAsGuessing()
    {
        var scores = NetworkTraining.Run(Good with { LearningRate = 0, InitialScale = 0.1f }, Data, 1);

        // Ten digits: the cross-entropy of a guess is log 10.
        Assert.Equal(Math.Log(10), scores.Validation, 0.05);
        Assert.Equal(Math.Log(10), scores.Test, 0.05);
        Assert.InRange(scores.TestError, 0.75, 1);
    }

    [Fact]
    public void Run_LargerAndLargerSteps_LowersTheLossesToThoseOfALearnedTask()
    {
        TrainingScores[] runs = [.. ((float[])[1e-5f, 1e-3f, 1e-1f]).Select(rate => NetworkTraining.Run(Good with { LearningRate = rate }, Data, 1))];

        for (var i = 1; i < runs.Length; i++)
        {
            Assert.True(runs[i].Validation < 0.7 * runs[i - 1].Validation, $"{runs[i]} after {runs[i - 1]}");
            Assert.True(runs[i].Test < 0.7 * runs[i - 1].Test, $"{runs[i]} after {runs[i - 1]}");
        }

        Assert.True(runs[^1] is { Validation: < 0.15, Test: < 0.25, TestError: < 0.05 }, $"{runs[^1]}");
    }

    [Fact]
    public void Run_SameSettingsAndSeed_GivesTheSameScoresAndAnotherSeedOthers()
    {
        var scores = NetworkTraining.Run(Good, Data, 7);

        Assert.Equal(scores, NetworkTraining.Run(Good, Data, 7));
        Assert.NotEqual(scores, NetworkTraining.Run(Good, Data, 8));
    }

    [Fact]
    public void Run_StepsThatDiverge_GivesFiniteLossesOfUselessModels()
    {
        var scores = NetworkTraining.Run(Good with { LearningRate = 1e6f, Momentum = 0.99f }, Data, 1);

        Assert.True(double.IsFinite(scores.Validation) && double.IsFinite(scores.Test), $"{scores}");
        Assert.True(scores is { Validation: > 2, TestError: > 0.5 and <= 1 }, $"{scores}");
    }

    [Fact]
    public void Of_EveryCornerOfTheSpace_TakesOverTheValues()
    {
        foreach (var value in (double[])[0, 1])
        {
            var space = NetworkSettings.Space;
            var corner = space.Configure(space.Parameters.Select(parameter =>
                KeyValuePair.Create(parameter.Name, parameter.ToValue(parameter.FromUnit(value)))));

            var settings = NetworkSettings.Of(corner);

            var expected = value == 0
                ? new NetworkSettings(8, 8, 1e-3f, 0.5f, 0, 1e-6f, 0, 0.1f) : new(128, 256, 1, 1, 0.99f, 1e-1f, 0.7f, 3);
            Assert.Equal(expected.Hidden, settings.Hidden);
            Assert.Equal(expected.BatchSize, settings.BatchSize);
            Assert.Equal(
                (float[])[expected.LearningRate, expected.Decay, expected.Momentum, expected.WeightDecay, expected.Dropout, expected.InitialScale],
                [settings.LearningRate, settings.Decay, settings.Momentum, settings.WeightDecay, settings.Dropout, settings.InitialScale],
                (one, other) => Math.Abs(one - other) <= 1e-5f * Math.Abs(one));
        }
    }
}
