using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What model-based samplers share: an initial design, then proposals by a model, and a random configuration where the model has none to
/// offer. A configuration is proposed once only, unless an objective's noise is declared.
/// </summary>
/// <remarks>
/// Where noise is declared (known or reported), measuring a configuration again is information, and what it is worth is for the acquisition
/// function to say: the model may propose what was tried. The design and random proposals turn to what was not as long as there is
/// any. Noise that is unknown may be none, and then a repetition is lost.
/// The design is the configuration of all defaults (the middle of each range, unless the space says otherwise), then a scrambled Sobol'
/// sequence through the priors. It is about as long as there are parameters, but takes no more than 15 % of the study's first budget.
/// </remarks>
public abstract class SequentialSampler : ISampler
{
    private const int SmallSpace = 2_000;
    private const int Draws = 100;
    private const double DesignShare = 0.15;

    private readonly RandomKey _designKey;
    private SearchSpace? _space;
    private bool _mayRepeat;
    private InitialDesign? _design;

    private protected SequentialSampler(MethodDescriptor descriptor, MethodContext context)
    {
        (Descriptor, FirstBudget) = (descriptor, context.Budget.Trials);
        _designKey = Keys.ForStudy(context.Seed, $"{descriptor.Name}-design");
    }

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => true;

    /// <summary>The fewest points of a design, where the user wants no other number.</summary>
    private protected const int LeastDesign = 4;

    /// <summary>The description of the option by which users set <see cref="DesignLength"/>.</summary>
    private protected static MethodOption InitialOption => MethodOption.Integer(
        "initial",
        "How many points of the initial design come first; by default one more than there are parameters, "
        + "but at most 15 % of the first budget, and at least 4.",
        1, 10_000);

    /// <summary>What the model needs to know of the trials.</summary>
    private protected abstract TrialData Data { get; }

    /// <summary>How many trials the study had to spend when it began; null where no number limits it.</summary>
    private protected int? FirstBudget { get; }

    /// <summary>Every configuration of a small finite space; null for other spaces.</summary>
    private protected Configuration[]? Everything { get; private set; }

    /// <inheritdoc/>
    public virtual void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        Data.Observe(journalEvent, history);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Enter(context.History);
        var proposals = new List<Proposal>(count);
        var batch = new ConfigurationSet();
        for (var i = 0; i < count; i++)
        {
            var isDesign = IsDesign(context, i);
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

    /// <summary>How many points of the design come first.</summary>
    /// <param name="space">The space.</param>
    private protected virtual int DesignLength(SearchSpace space)
    {
        var wanted = space.Dimensions + 1;
        return Math.Max(LeastDesign, FirstBudget is { } trials ? (int)Math.Min(wanted, Math.Ceiling(trials * DesignShare)) : wanted);
    }

    /// <summary>Whether a point of the design comes next.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    private protected virtual bool IsDesign(in ProposalContext context, int place) =>
        context.Index + place < DesignLength(context.Space) || Data.Count < 2;

    /// <summary>A point of the design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="batch">What was proposed for earlier places of the batch.</param>
    private protected virtual Configuration DesignPoint(InitialDesign design, long index, ConfigurationSet batch) =>
        design.Defaults is not { } defaults ? design.Point(index)
        : index == 0 ? defaults
        : design.Point(index - 1);

    /// <summary>A proposal that learns from the trials; null when the model has none to offer.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    /// <param name="batch">What was proposed for earlier places of the batch.</param>
    private protected abstract Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch);

    /// <summary>Whether the model may propose a legal configuration.</summary>
    private protected bool IsAllowed(Configuration configuration, ConfigurationSet batch) => _mayRepeat || IsNew(configuration, batch);

    /// <summary>Whether a configuration was neither tried nor proposed for the batch.</summary>
    private protected bool IsNew(Configuration configuration, ConfigurationSet batch) =>
        !Data.Tried.Contains(configuration) && !batch.Contains(configuration);

    private void Enter(History history)
    {
        Data.Enter(history);
        var space = history.Problem.Space;
        if (ReferenceEquals(_space, space))
            return;
        _space = space;
        _mayRepeat = history.Problem.Objectives.Any(objective => objective.IsNoisy);
        Everything = space.Count(SmallSpace) is not null ? [.. space.Enumerate()] : null;
        _design = new(space, _designKey);
    }

    private Proposal? ProposeDesign(in ProposalContext context, int place, ConfigurationSet batch, string? why)
    {
        if (Everything is { Length: var size } && Data.Tried.Count + batch.Count >= size)
            return null;
        var configuration = DesignPoint(_design!, context.Index + place, batch);
        return IsNew(configuration, batch) ? new(configuration, Explanation.Simple(Descriptor.Name, "design", why)) : null;
    }

    /// <summary>A random configuration that was not tried, or any that is left of a finite space. When none is: any where it may be
    /// repeated, or else null.</summary>
    private Proposal? ProposeAny(in ProposalContext context, int place, ConfigurationSet batch)
    {
        var space = context.Space;
        var stream = context.Key($"{Descriptor.Name}-draws", place).CreateStream();
        var annotation = Explanation.Simple(Descriptor.Name, "random");
        if (Everything is not null)
        {
            Configuration[] left = [.. Everything.Where(configuration => IsNew(configuration, batch))];
            if (left.Length == 0 && _mayRepeat)
                left = Everything;
            return left.Length == 0 ? null : new(left[stream.NextInt(left.Length)], annotation);
        }

        for (var draw = 0; draw < Draws; draw++)
        {
            if (space.Sample(ref stream) is var configuration && IsNew(configuration, batch))
                return new(configuration, annotation);
        }

        if (!space.IsFinite || _mayRepeat)
            return new(space.Sample(ref stream), annotation);
        return space.Enumerate().FirstOrDefault(configuration => IsNew(configuration, batch)) is { } any ? new(any, annotation) : null;
    }
}
