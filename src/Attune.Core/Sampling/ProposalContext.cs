using Attune.Histories;
using Attune.Numerics;

namespace Attune.Sampling;

/// <summary>What a sampler proposes from. It lies wholly in the journal, so that the proposal can be derived again.</summary>
/// <param name="History">The study at the basis of the proposal. Valid during the call only.</param>
/// <param name="Trial">The number of the first trial to propose for.</param>
/// <param name="Index">The sampler's own index of the first proposal, from 0 without holes: enqueued trials do not count.</param>
/// <param name="Resource">The resource that the scheduler wants for it, in units of the first fidelity; null for the whole, which the
/// property then tells.</param>
/// <param name="Parallelism">How many trials the study runs at a time, at least 1.</param>
public readonly record struct ProposalContext(History History, int Trial, long Index, double? Resource = null, int Parallelism = 1)
{
    /// <summary>
    /// How far the trial is to run, in units of the first fidelity: its upper end where the scheduler asks for the whole; null where the
    /// problem has no fidelity.
    /// </summary>
    public double? Resource { get; init; } = Resource ?? History.Problem.Fidelity?.High;

    /// <summary>The current search space.</summary>
    public SearchSpace Space => History.Problem.Space;

    /// <summary>
    /// The key for the random numbers of one proposal: it depends on the study's seed, the sampler's own index and the purpose, so neither
    /// on the number of workers nor on enqueued trials.
    /// </summary>
    /// <param name="purpose">A short name of what the numbers are for.</param>
    /// <param name="offset">The place within the batch, from 0.</param>
    public RandomKey Key(string purpose, int offset = 0) => Keys.ForProposal(History.Seed, Index + offset, purpose);
}
