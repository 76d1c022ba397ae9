namespace Attune.Comparison;

/// <summary>How a method did on a problem after a number of trials.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Method">The method.</param>
/// <param name="Trials">The number of trials.</param>
/// <param name="MeanLoss">The mean over runs of the smallest loss.</param>
internal sealed record Score(ReportProblem Problem, string Method, int Trials, double MeanLoss)
{
    /// <summary>The share of the gap between random search at the same number of trials (0) and the best known value (1) that the mean
    /// closes; null without a random search.</summary>
    internal double? Gap { get; init; }

    /// <summary>The same for recommended configurations; null when the method recommends none.</summary>
    internal double? RecommendedGap { get; init; }

    /// <summary>The mean regret in units of random search's after 25 trials; null without a random search.</summary>
    internal double? Regret { get; init; }

    /// <summary>The mean over runs of the decimal logarithm of the same; null for peers of which only means are known.</summary>
    internal double? LogRegret { get; init; }

    /// <summary>The median of the losses; null for peers of which only means are known.</summary>
    internal double? MedianLoss { get; init; }

    /// <summary>How many runs; 0 for peers' summaries.</summary>
    internal int Runs { get; init; }
}
