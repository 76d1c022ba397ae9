namespace Attune.Sampling;

/// <summary>A sampler that can say how promising a candidate is, for model-based promotion and freeze–thaw.</summary>
public interface IScoringSampler : ISampler
{
    /// <summary>How promising a configuration is at a resource; larger is better. Scores compare within one history only.</summary>
    /// <param name="configuration">A configuration of the current space.</param>
    /// <param name="resource">The resource up to which it would run; null for the whole.</param>
    /// <param name="context">The study as it stands.</param>
    double Score(Configuration configuration, double? resource, in ProposalContext context);
}
