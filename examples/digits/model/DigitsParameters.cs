namespace Digits.Model;

/// <summary>The hyperparameters of one training run. Those of the model that is not chosen are ignored.</summary>
public sealed record DigitsParameters
{
    /// <summary>Which family of classifiers is trained. Default: <see cref="ModelKind.Svm"/>.</summary>
    public ModelKind Model { get; init; } = ModelKind.Svm;

    /// <summary>Most passes over the data, at least 1; training ends sooner when it has converged. Default: 20.</summary>
    public int Iterations { get; init; } = 20;

    /// <summary>
    /// Support-vector machine: how fast the kernel falls with distance, above 0. ML.NET divides it by the mean squared distance of two
    /// images, so 1 means "similar as far as the average distance". Default: 1.
    /// </summary>
    public double Gamma { get; init; } = 1;

    /// <summary>
    /// Support-vector machine: number of random features that stand for the kernel, at least 1. More is better and slower. Default: 256.
    /// </summary>
    public int Rank { get; init; } = 256;

    /// <summary>Support-vector machine: weight of the squared norm against the mean hinge loss, above 0. Default: 0.0001.</summary>
    public double Lambda { get; init; } = 1e-4;

    /// <summary>Logistic regression: weight of the sum of absolute weights, at least 0. Default: 0.</summary>
    public double L1 { get; init; }

    /// <summary>Logistic regression: weight of the squared norm, at least 0. Default: 0.001.</summary>
    public double L2 { get; init; } = 1e-3;

    /// <summary>Refuses values that no model could be trained with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it and says what is
    /// allowed.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Model))
            throw new ArgumentOutOfRangeException(nameof(Model), Model, "Model must be svm or logistic.");
        Require(Iterations >= 1, nameof(Iterations), Iterations, "at least 1");
        Require(double.IsFinite(Gamma) && Gamma > 0, nameof(Gamma), Gamma, "finite and above 0");
        Require(Rank >= 1, nameof(Rank), Rank, "at least 1");
        Require(double.IsFinite(Lambda) && Lambda > 0, nameof(Lambda), Lambda, "finite and above 0");
        Require(double.IsFinite(L1) && L1 >= 0, nameof(L1), L1, "finite and at least 0");
        Require(double.IsFinite(L2) && L2 >= 0, nameof(L2), L2, "finite and at least 0");
    }

    private static void Require(bool condition, string name, object value, string allowed)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {allowed}.");
    }
}
