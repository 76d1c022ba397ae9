using Attune;

namespace Digits.InProcess;

/// <summary>One of two kinds of models. Each case brings parameters of its own, which exist when it is chosen.</summary>
[Choice(typeof(Svm), typeof(Logistic))]
public abstract record Model;

/// <summary>A support-vector machine with an approximated Gaussian kernel.</summary>
/// <param name="Gamma">How fast the kernel falls with distance.</param>
/// <param name="Rank">Number of random features that stand for the kernel.</param>
/// <param name="Lambda">Regularization.</param>
public sealed record Svm(
    [Float(1e-2, 30, Scale = Scale.Log)] double Gamma,
    [Int(16, 1024, Scale = Scale.Log)] int Rank,
    [Float(1e-6, 1, Scale = Scale.Log)] double Lambda) : Model;

/// <summary>A logistic regression.</summary>
/// <param name="L1">Weight of the sum of absolute weights.</param>
/// <param name="L2">Weight of the squared norm.</param>
public sealed record Logistic(
    [Float(1e-6, 30, Scale = Scale.Log)] double L1,
    [Float(1e-6, 30, Scale = Scale.Log)] double L2) : Model;
