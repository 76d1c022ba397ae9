using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Tests.Documentation;

/// <summary>The sampler that docs/samplers.md shows.</summary>
public sealed class FirstSampler(MethodDescriptor descriptor) : ISampler
{
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "first", 1, "The defaults first, then random draws.", (descriptor, _) => new FirstSampler(descriptor));

    public MethodDescriptor Descriptor => descriptor;

    public bool ReadsHistory => false;

    public void Observe(in JournalEvent journalEvent, History history)
    {
    }

    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
        {
            var stream = context.Key("first", i).CreateStream();
            var first = context.Space.Default();
            proposals[i] = new(context.Index + i == 0 && context.Space.IsLegal(first) ? first : context.Space.Sample(ref stream));
        }

        return proposals;
    }
}
