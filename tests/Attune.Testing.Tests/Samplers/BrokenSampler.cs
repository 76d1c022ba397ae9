using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Testing.Tests.Samplers;

/// <summary>Random search with one fault.</summary>
internal sealed class BrokenSampler(MethodDescriptor descriptor, ISampler inner) : ISampler
{
    private readonly List<byte[]> _leak = [];
    private long _asked;
    private long _finished;

    public MethodDescriptor Descriptor => descriptor;

    public bool ReadsHistory => descriptor.Name != "peeks";

    public void Observe(in JournalEvent journalEvent, History history)
    {
        inner.Observe(journalEvent, history);
        if (journalEvent.Payload is Finished)
            _finished++;
    }

    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        _asked++;
        var history = context.History;
        var proposals = descriptor.Name switch
        {
            "ignores-constraints" => Unchecked(context, count),
            "counts-questions" => inner.Propose(context with { Index = context.Index + _asked }, count),
            "peeks" => inner.Propose(context with { Index = context.Index + _finished }, count),
            "ignores-the-seed" => Fixed(context, count),
            "always-the-same" => inner.Propose(context with { Index = 0 }, count),
            "repeats-pending" => inner.Propose(context with { Index = context.Index - history.Running.Count }, count),
            "gives-up-after-failures" => history.ConsecutiveFailures > 3 ? [] : inner.Propose(context, count),
            "short-batches" => inner.Propose(context, 1),
            "old-space" => [.. inner.Propose(context, count).Select(proposal => new Proposal(history.Definition.Problem.Space.Default()))],
            "one-objective-only" => history.Problem.IsSingleObjective ? inner.Propose(context, count) : [],
            "needs-feasible" => history.Problem.Constraints.Length > 0 && history.Trials.Count > 5 && history.Front.Count == 0 ? []
                : inner.Propose(context, count),
            "overflows" => history.Trials.Any(trial => trial.Losses.Length > 0 && Math.Abs(trial.Losses[0]) > 1e100) ? []
                : inner.Propose(context, count),
            "ends-early" => context.Index > 9 && history.Problem.Space.IsFinite ? [] : inner.Propose(context, count),
            _ => inner.Propose(context, count),
        };
        if (descriptor.Name == "copies-history")
            _leak.Add(new byte[history.Trials.Count * 8]);
        return proposals;
    }

    internal static SamplerRegistration Register(string name) => SamplerRegistration.Create(
        name, 1, "Broken.", (descriptor, context) =>
            new BrokenSampler(descriptor, MethodRegistry.Default.CreateSampler(new("random", 1), context)));

    private static Proposal[] Unchecked(in ProposalContext context, int count)
    {
        var unit = new double[context.Space.Dimensions];
        var stream = context.Key("unchecked").CreateStream();
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
        {
            stream.Fill(unit);
            proposals[i] = new(context.Space.Decode(unit));
        }

        return proposals;
    }

    private static Proposal[] Fixed(in ProposalContext context, int count)
    {
        var stream = Numerics.RandomKey.FromSeed((ulong)context.Index).CreateStream();
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
            proposals[i] = new(context.Space.Sample(ref stream));
        return proposals;
    }
}
