using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What model-based samplers share: an initial design, then proposals by a model, and a random configuration where the model has none to
/// offer. A configuration is proposed once only.
/// </summary>
/// <remarks>
/// The design is the configuration of all defaults (the middle of each range, unless the space says otherwise), then a scrambled Sobol'
/// sequence through the priors. It is about as long as there are parameters, but takes no more than 15 % of the study's first budget.
/// </remarks>
public abstract class SequentialSampler : ISampler
{
    private const int SmallSpace = 2_000;
    private const int Draws = 100;
    private const int LeastDesign = 4;
    private const double DesignShare = 0.15;

    private readonly RandomKey _designKey;
    private readonly int? _firstBudget;
    private SearchSpace? _space;
    private LegalPoints? _design;

    private protected SequentialSampler(MethodDescriptor descriptor, MethodContext context)
    {
        (Descriptor, _firstBudget) = (descriptor, context.Budget.Trials);
        _designKey = Keys.ForStudy(context.Seed, $"{descriptor.Name}-design");
    }

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => true;

    private protected ModelData Data { get; } = new();

    /// <summary>Every configuration of a small finite space; null for other spaces.</summary>
    private protected Configuration[]? Everything { get; private set; }

    /// <inheritdoc/>
    public virtual void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        Data.Observe(Descriptor.Name, journalEvent, history);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Enter(context.Space);
        var proposals = new List<Proposal>(count);
        var batch = new List<Configuration>();
        for (var i = 0; i < count; i++)
        {
            var isDesign = context.Index + i < Initial(context.Space) || Data.Count < 2;
            var proposal = isDesign || !Data.CanLearn(context.History.Problem)
                ? ProposeDesign(context, i, batch, isDesign ? null : "no two losses differ, so there is nothing to learn from")
                : ProposeByModel(context, i, batch);
            if ((proposal ?? ProposeAny(context, i, batch)) is not { } made)
                break;
            proposals.Add(made);
            batch.Add(made.Configuration);
        }

        return proposals;
    }

    /// <summary>How many points of the design come first; null for the usual number.</summary>
    private protected virtual int? DesignLength => null;

    /// <summary>A proposal that learns from the trials; null when the model has none to offer.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    /// <param name="batch">What was proposed for earlier places of the batch.</param>
    private protected abstract Proposal? ProposeByModel(in ProposalContext context, int place, List<Configuration> batch);

    private protected bool IsAllowed(Configuration configuration, List<Configuration> batch) =>
        !Data.WasTried(configuration) && !batch.Contains(configuration);

    private void Enter(SearchSpace space)
    {
        if (ReferenceEquals(_space, space))
            return;
        _space = space;
        Everything = space.Count(SmallSpace) is not null ? [.. space.Enumerate()] : null;
        var sequence = space.Dimensions <= SobolSequence.MaxDimensions ? new SobolSequence(space.Dimensions, _designKey) : null;
        var point = new double[space.Dimensions];
        _design = new(space, Decode, long.MaxValue, isDense: !space.IsConstrained);

        Configuration Decode(long place)
        {
            if (place == 0)
                return space.Default();
            if (sequence is not null)
                sequence.GetPoint(place - 1, point);
            else
                new RandomStream(_designKey, (ulong)place * (ulong)point.Length).Fill(point);
            return space.DecodeByPrior(point);
        }
    }

    private int Initial(SearchSpace space)
    {
        var wanted = space.Dimensions + 1;
        return DesignLength
            ?? Math.Max(LeastDesign, _firstBudget is { } trials ? (int)Math.Min(wanted, Math.Ceiling(trials * DesignShare)) : wanted);
    }

    private Proposal? ProposeDesign(in ProposalContext context, int place, List<Configuration> batch, string? why)
    {
        if (Everything is { Length: var size } && Data.TriedCount + batch.Count >= size)
            return null;
        var configuration = _design!.Find(context.Index + place);
        return configuration is not null && IsAllowed(configuration, batch)
            ? new(configuration, Explanation.Simple(Descriptor.Name, "design", why))
            : null;
    }

    /// <summary>A random configuration that was not tried, or any that is left of a finite space; null when none is.</summary>
    private Proposal? ProposeAny(in ProposalContext context, int place, List<Configuration> batch)
    {
        var space = context.Space;
        var stream = context.Key($"{Descriptor.Name}-draws", place).CreateStream();
        var annotation = Explanation.Simple(Descriptor.Name, "random");
        if (Everything is null)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                if (space.Sample(ref stream) is var configuration && IsAllowed(configuration, batch))
                    return new(configuration, annotation);
            }

            if (!space.IsFinite)
                return new(space.Sample(ref stream), annotation);
        }

        foreach (var configuration in Everything ?? space.Enumerate())
        {
            if (IsAllowed(configuration, batch))
                return new(configuration, annotation);
        }

        return null;
    }
}
