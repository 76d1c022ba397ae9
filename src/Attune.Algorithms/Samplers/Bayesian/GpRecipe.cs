using Attune.Algorithms.Acquisition;

namespace Attune.Algorithms.Samplers;

/// <summary>What is made of a Gaussian process at one proposal.</summary>
/// <param name="Acquisition">By what a configuration is chosen.</param>
internal sealed record GpRecipe(AcquisitionKind Acquisition)
{
    /// <summary>β of the upper confidence bound.</summary>
    internal double Beta { get; init; }

    /// <summary>What is made of pending trials; see <see cref="PendingMethod"/>.</summary>
    internal PendingMethod Pending { get; init; } = PendingMethod.Hallucination;

    /// <summary>Whether pending trials count at all: not where nothing is proposed.</summary>
    internal bool CountsPending { get; init; } = true;

    /// <summary>Whether each outcome constraint has a process of its own; otherwise trials that violate one are penalised.</summary>
    internal bool ModelsConstraints { get; init; }

    /// <summary>Whether losses are mapped by a Gaussian copula, whatever their likelihood.</summary>
    internal bool IsCopula { get; init; }

    /// <summary>Whether functions are drawn for the outcome constraints too, where they are drawn for the loss.</summary>
    internal bool DrawsConstraints { get; init; }

    /// <summary>The exponent of the inverse cost; 0 to leave costs alone.</summary>
    internal double CostExponent { get; init; }

    /// <summary>The exponent of the user's priors; 0 to leave them alone.</summary>
    internal double PriorExponent { get; init; }

    /// <summary>What <see cref="Explanation"/> calls it.</summary>
    internal string Reason => Acquisition switch
    {
        AcquisitionKind.LogExpectedImprovement => "log-ei",
        AcquisitionKind.LogAugmentedExpectedImprovement => "log-aei",
        AcquisitionKind.ExpectedImprovement => "ei",
        AcquisitionKind.ProbabilityOfImprovement => "pi",
        AcquisitionKind.UpperConfidenceBound => "ucb",
        AcquisitionKind.Thompson => "thompson",
        _ => "max-value-entropy",
    };

    /// <summary>Whether there is an improvement on an incumbent to be had, whose mean over outcomes makes sense.</summary>
    internal bool IsImprovement => Acquisition is AcquisitionKind.LogExpectedImprovement
        or AcquisitionKind.LogAugmentedExpectedImprovement or AcquisitionKind.ExpectedImprovement
        or AcquisitionKind.ProbabilityOfImprovement;

    /// <summary>An acquisition function that asks for an incumbent and the noise at most.</summary>
    /// <param name="incumbent">The loss to improve on.</param>
    /// <param name="noise">The variance of a measurement.</param>
    internal IAcquisition Over(double incumbent, double noise) => Acquisition switch
    {
        AcquisitionKind.LogAugmentedExpectedImprovement => new LogAugmentedExpectedImprovement(incumbent, Math.Sqrt(noise)),
        AcquisitionKind.ExpectedImprovement => new Logarithm(new ExpectedImprovement(incumbent)),
        AcquisitionKind.ProbabilityOfImprovement => new LogProbabilityOfImprovement(incumbent),
        AcquisitionKind.UpperConfidenceBound => new UpperConfidenceBound(Beta),
        _ => new LogExpectedImprovement(incumbent),
    };
}
