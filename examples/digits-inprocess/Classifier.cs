using Attune;
using Digits.Model;

namespace Digits.InProcess;

/// <summary>The search space: what ../digits/study.yaml says in YAML, here as a type.</summary>
/// <param name="Iterations">Most passes over the data.</param>
/// <param name="Model">Which kind of model, with the parameters of that kind only.</param>
public sealed record Classifier([Int(2, 100, Scale = Scale.Log)] int Iterations, Model Model)
{
    /// <summary>The same for the trainer, which knows nothing of search spaces.</summary>
    public DigitsParameters ToParameters() => Model switch
    {
        Svm svm => new() { Model = ModelKind.Svm, Iterations = Iterations, Gamma = svm.Gamma, Rank = svm.Rank, Lambda = svm.Lambda },
        Logistic logistic => new() { Model = ModelKind.Logistic, Iterations = Iterations, L1 = logistic.L1, L2 = logistic.L2 },
        _ => throw new InvalidOperationException($"{Model} is no kind of model."),
    };
}
