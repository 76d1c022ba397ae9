using Attune;
using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Testing;

namespace Snippets;

#region first-sampler
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
#endregion

public sealed class FirstSamplerTests
{
    [Fact]
    public void Check_EveryLaw_Holds()
    {
        #region first-sampler-laws
        var registry = MethodRegistry.Default.With(FirstSampler.Registration);
        foreach (var law in SamplerContract.Laws)
            new SamplerContract(registry, registry.DescribeSampler("first")).Check(law);
        #endregion

        Assert.Equal("first v1", registry.DescribeSampler("first").ToString());
    }
}
