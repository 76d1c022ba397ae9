using System.Globalization;
using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Tests.Shared;

/// <summary>The smallest sampler that reads history: its draws depend on every trial that completed, in order, and on how many run.</summary>
internal sealed class LastLossSampler(MethodDescriptor descriptor) : ISampler
{
    private ulong _digest = 1;

    internal static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "last-loss", 1, "Draws that depend on all losses so far.", (descriptor, _) => new LastLossSampler(descriptor));

    internal static MethodRegistry Methods { get; } = MethodRegistry.Default.With(Registration);

    public MethodDescriptor Descriptor { get; } = descriptor;

    public bool ReadsHistory => true;

    public void Observe(in JournalEvent journalEvent, History history)
    {
        if (journalEvent.Payload is Finished finished)
            _digest = unchecked((_digest * 31) + BitConverter.DoubleToUInt64Bits(history.Trials[finished.Trial].Losses[0]));
    }

    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
        {
            var stream = context.Key("last-loss", i).Derive((uint)context.History.Running.Count, _digest, 0).CreateStream();
            proposals[i] = new(context.Space.Sample(ref stream), string.Create(CultureInfo.InvariantCulture, $$"""{"digest":{{_digest}}}"""));
        }

        return proposals;
    }
}
