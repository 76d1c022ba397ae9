using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>Which method <c>auto</c> takes for a proposal, and why.</summary>
/// <param name="UsesModel">Whether the Gaussian process proposes; otherwise Parzen estimators do.</param>
/// <param name="Reason">Why, in words.</param>
/// <remarks>
/// Rules, not a portfolio that was learned from benchmarks. A Gaussian process needs the fewest trials where losses vary smoothly, and its
/// thinking pays where trials are long. Parzen estimators take its place where there are too many parameters for it, and take turns with
/// it where the surface has steps, which a process smooths over, and where a study is so long that it holds a part of the trials only.
/// </remarks>
internal sealed record AutoPlan(bool UsesModel, string Reason)
{
    private const int MostDimensions = 200;
    private const int ManyTrials = 1_000;
    private const int ShareOfMany = 4;
    private const int StepsFrom = 20;
    private const int ShareOfSteps = 3;
    private const double DistinctLosses = 0.6;

    /// <summary>Chooses.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    /// <param name="data">What the trials tell.</param>
    internal static AutoPlan Of(in ProposalContext context, int place, ModelData data)
    {
        var turn = context.Index + place;
        var dimensions = context.Space.Dimensions;
        if (dimensions > MostDimensions)
            return new(false, $"{dimensions} parameters are too many for a Gaussian process");
        if (data.Count > ManyTrials && turn % ShareOfMany == 0)
            return new(false, $"every {ShareOfMany}th proposal of a long study looks at all its trials");
        if (data.Count >= StepsFrom && turn % ShareOfSteps == 0 && data.DistinctShare < DistinctLosses)
            return new(false, "many losses are equal, so the surface has steps");
        return new(true, data.Count > ManyTrials
            ? "a Gaussian process over the best and the newest trials"
            : "a Gaussian process needs the fewest trials");
    }
}
