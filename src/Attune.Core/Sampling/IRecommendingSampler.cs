namespace Attune.Sampling;

/// <summary>
/// A sampler that can say which of the evaluated configurations is best by what it has learned, where measurements are noisy.
/// </summary>
public interface IRecommendingSampler : ISampler
{
    /// <summary>
    /// Chooses among the feasible completed trials. Like a proposal it is a pure function of the events observed, the seed, the sampler and
    /// its version.
    /// </summary>
    /// <param name="context">The study as it stands; the trial's number is the next free one.</param>
    /// <returns>The recommendation; null where it knows too little, or there are several objectives.</returns>
    Recommendation? Recommend(in ProposalContext context);
}
