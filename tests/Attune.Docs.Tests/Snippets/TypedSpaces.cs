using Attune;

namespace Snippets.TypedSpaces;

#region every-attribute
[Forbid("optimizer == 'sgd' and batch_size > 256")]
[Constrain("BatchSize * Width <= 65536")]
public sealed record TrainingParameters(
    [Float(1e-5, 0.1, Scale = Scale.Log)] [Prior(1e-3, 0.2)] double LearningRate,
    [Int(16, 512, Scale = Scale.Log, Default = 64)] int Width,
    [Int(8, 512, Step = 8)] int BatchSize,
    [Choice("adam", "sgd")] [Weights(3, 1)] string Optimizer,
    [Float(0, 0.99)] [When("optimizer == 'sgd'")] double? Momentum,
    [Ordinal("none", "little", "much")] string Augmentation,
    [Name("act")] Activation Activation,
    bool Shuffle,
    [NotTuned] string Device = "cpu");

public enum Activation { Relu, Gelu }
#endregion

#region kinds
public sealed record Pipeline([Int(1, 64)] int Components, Learner Learner);

[Choice(typeof(Svm), typeof(Forest))]
public abstract record Learner;

public sealed record Svm([Float(1e-3, 1e3, Scale = Scale.Log)] double Cost) : Learner;

public sealed record Forest([Int(10, 500, Scale = Scale.Log)] int Trees) : Learner;
#endregion

public sealed class TypedSpaces
{
    [Fact]
    public void EveryAttribute_GivesASpace()
    {
        #region typed-space
        var typed = TypedSpace.Of<TrainingParameters>();

        foreach (var parameter in typed.Space.Parameters)
            Console.WriteLine($"{parameter.Name}: {parameter.Describe()}");

        var configuration = typed.Space.Default();
        TrainingParameters parameters = typed.Materialize(configuration);
        #endregion

        Assert.Equal(
            ["learning_rate", "width", "batch_size", "optimizer", "momentum", "augmentation", "act", "shuffle"],
            typed.Space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((64, null, "cpu"), (parameters.Width, parameters.Momentum, parameters.Device));
        Assert.Equal(configuration, typed.ToConfiguration(parameters));
    }

    [Fact]
    public async Task Kinds_Run()
    {
        #region kinds-objective
        var result = await Study.Create("pipeline", trials: 20).RunAsync<Pipeline>(pipeline => pipeline.Learner switch
        {
            Svm svm => SvmError(pipeline.Components, svm.Cost),
            Forest forest => ForestError(pipeline.Components, forest.Trees),
            _ => throw new NotSupportedException(),
        });
        #endregion

        Assert.Equal(
            ["components", "learner", "learner.svm.cost", "learner.forest.trees"],
            result.History.Problem.Space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(20, result.History.FinishedCount);
    }

    private static double SvmError(int components, double cost) => Math.Abs(Math.Log10(cost)) + (1.0 / components);

    private static double ForestError(int components, int trees) => (10.0 / trees) + (2.0 / components);
}
