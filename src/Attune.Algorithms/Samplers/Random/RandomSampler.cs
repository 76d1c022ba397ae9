using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Independent draws from the priors, uniform on the parameters' scales where there are none. Draw i depends on the study's seed and on
/// i alone, so results do not depend on the number of workers.
/// </summary>
/// <remarks>
/// J. Bergstra, Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012. Constraints are met by rejection, which
/// draws from the priors conditioned on what is legal.
/// </remarks>
public sealed class RandomSampler : ISampler
{
    private RandomSampler(MethodDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>How registries know it: <c>random</c>, without options.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "random", 1, "Independent random draws, by the priors where there are any.", (descriptor, _) => new RandomSampler(descriptor));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => false;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
        {
            var stream = context.Key("random", i).CreateStream();
            proposals[i] = new(context.Space.Sample(ref stream));
        }

        return proposals;
    }
}
