namespace Attune.Tests.Spaces;

public enum Kernel
{
    Linear,
    [Name("rbf")]
    Gaussian,
    HighPolynomial,
}

[Forbid("kernel == 'linear' and cost > 100")]
[Constrain("Cost * folds <= 4000")]
public sealed record SvmParameters(
    [Float(1e-3, 1e3, Scale = Scale.Log, Default = 1)] [Prior(1, 0.2)] double Cost,
    Kernel Kernel,
    [Float(1e-5, 10, Scale = Scale.Log, Default = 0.01)] [When(nameof(Kernel), Kernel.Gaussian, Kernel.HighPolynomial)] double? Gamma,
    [Int(2, 5)] [When("kernel == 'high_polynomial'", Otherwise = 0)] int Degree,
    [Ordinal(3, 5, 10)] long Folds,
    [Choice("none", "min_max", "standard", Default = "standard")] [Weights(1, 2, 3)] string Scaling = "none",
    bool UseBias = true);

public sealed class NetworkParameters
{
    [Float(1e-5, 0.1, Scale = Scale.Log)]
    [Name("rate")]
    public double LearningRate { get; init; } = 0.01;

    [Float(0, 0.5, Step = 0.1)]
    [When(nameof(UseDropout))]
    public float? Dropout { get; set; }

    public bool UseDropout { get; set; }

    [Int(16, 512, Scale = Scale.Log, Step = 16)]
    public int Width { get; init; } = 64;

    [Ordinal]
    public Kernel Kernel { get; set; } = Kernel.HighPolynomial;

    [NotTuned]
    public string Note { get; set; } = "kept";

    public double Rounded => Math.Round(LearningRate, 3);
}

public sealed class Recipe
{
    public Momentum Optimizer { get; init; } = new(0.25, true);

    public Momentum Fresh { get; init; } = new(0);

    public Model Model { get; init; } = new Logistic(0.75);
}

public sealed record Momentum([Float(0, 1)] double Rate = 0.125, bool Nesterov = false);

public readonly record struct Point([Float(-5, 10)] double X, [Float(0, 15)] double Y);

public struct Mutable
{
    [Int(-3, 3)]
    public long Shift { get; set; }

    [Choice(0.25, 0.5, 1, Default = 0.5)]
    public double Ratio { get; set; }
}

public sealed record Optimizer(
    [Float(1e-5, 1, Scale = Scale.Log, Default = 0.003)] double Rate,
    [Float(0, 1)] [When("rate < 0.1")] double? Momentum,
    bool Nesterov = false);

public sealed record Augmentation([Float(0, 45)] double Angle);

public sealed record Training(
    Optimizer Optimizer,
    bool Augment,
    [When(nameof(Augment))] Augmentation? Augmentation,
    [Name("start")] Point StartPoint,
    [When("optimizer.rate > 0.5")] Point? Other);

[Choice(typeof(Svm), typeof(Logistic), typeof(Tree))]
public abstract record Model;

public sealed record Svm(
    [Float(1e-3, 1e3, Scale = Scale.Log, Default = 1)] double Cost,
    Kernel Kernel,
    [Float(1e-5, 10)] [When("kernel == 'rbf'")] double? Gamma) : Model;

[Name("logit")]
public sealed record Logistic([Float(0, 1)] double Penalty) : Model;

[Choice(typeof(Stump), typeof(Forest), Default = typeof(Forest))]
public abstract record Tree : Model;

public sealed record Stump : Tree;

public sealed record Forest([Int(10, 500, Scale = Scale.Log, Default = 100)] int Trees) : Tree;

[Forbid("Model == 'svm' and features > 100")]
public sealed record Pipeline(
    [Int(1, 256)] int Features,
    Model Model,
    [Choice(typeof(Svm), typeof(Logistic))] [When("features > 10")] [Weights(1, 3)] Model? Second);

public sealed record Größen(
    [Float(0, 1)] double Lernrate,
    [Float(0, 1)] double ΗηRatio,
    [Choice("größer", "kleiner, \"etwa\"")] string Vergleich,
    [Float(0, 1)] [When("vergleich == 'größer'")] double? 学習率);

public class Base
{
    [Int(0, 9)]
    public int First { get; init; }

    [Int(0, 9)]
    public virtual int Second { get; init; }
}

public sealed class Derived : Base
{
    [Int(0, 99)]
    public override int Second { get; init; }

    [Int(0, 9)]
    public int Third { get; init; }
}
