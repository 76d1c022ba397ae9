using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>Which method <c>auto</c> takes for a proposal, and why.</summary>
/// <param name="UsesModel">Whether the Gaussian process proposes; otherwise Parzen estimators do.</param>
/// <param name="Reason">Why, in words.</param>
/// <remarks>
/// Rules, not a portfolio that was learned from benchmarks. A Gaussian process needs the fewest trials where losses vary smoothly, and its
/// thinking pays where trials are long. Parzen estimators take its place where there are too many parameters for it, and take turns with
/// it where the surface has steps, which a process smooths over, where a study is so long that it holds a part of the trials only, and
/// where a study that is no longer short runs trials faster than the process thinks: then workers would wait for proposals.
/// </remarks>
internal sealed record AutoPlan(bool UsesModel, string Reason)
{
    private const int MostDimensions = 200;
    private const int ManyTrials = 1_000;
    private const int ShareOfMany = 4;
    private const int ShortStudy = 500;
    private const int SmallestShare = 8;
    private const double Thinking = 0.2;
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
        var every = data.Count > ShortStudy ? EveryTurn(context) : 1;
        if (turn % every != 0)
            return new(false, $"trials end faster than a Gaussian process proposes: it takes one turn in {every}");
        turn /= every;
        if (data.Count > ManyTrials && turn % ShareOfMany == 0)
            return new(false, $"every {ShareOfMany}th proposal of a long study looks at all its trials");
        if (data.Count >= StepsFrom && turn % ShareOfSteps == 0 && data.DistinctShare < DistinctLosses)
            return new(false, "many losses are equal, so the surface has steps");
        return new(true, data.Count > ManyTrials
            ? "a Gaussian process over the best and the newest trials"
            : "a Gaussian process needs the fewest trials");
    }

    /// <summary>So many turns are as long as a proposal of the process takes: about 0.2 s, in a study that is no longer short.</summary>
    private static int EveryTurn(in ProposalContext context)
    {
        var pace = TrialPace.Of(context.History, context.Parallelism);
        return pace * SmallestShare <= Thinking ? SmallestShare : (int)Math.Ceiling(Thinking / pace);
    }
}
