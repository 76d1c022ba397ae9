using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>Chooses the method for every proposal from the space and the trials so far, and says why in the trial's annotation.</summary>
/// <remarks>
/// Most proposals come from <see cref="GpSampler"/>'s model with its acquisition averaged over draws of the hyperparameters; see
/// <see cref="AutoPlan"/> for when <see cref="TpeSampler"/> takes its place. Everything follows from the journal up to the basis.
/// </remarks>
public sealed class AutoSampler : GaussianProcessSampler
{
    private static readonly GpOptions Ensemble = new() { Members = 32, ModelTrials = 400 };

    private readonly AutoOptions _options;
    private readonly ISampler _parzen;

    private AutoSampler(MethodDescriptor descriptor, AutoOptions options, MethodContext context)
        : base(descriptor, context)
    {
        _options = options;
        _parzen = TpeSampler.Registration.Create(TpeSampler.Registration.Describe(), context);
    }

    /// <summary>How registries know it: <c>auto</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "auto", 1, "Chooses the method from the space, the trials and the budget, and says why: the one to take when in doubt.",
        AutoJson.Default.AutoOptions,
        [
            InitialOption,
        ],
        (descriptor, options, context) => new AutoSampler(descriptor, options, context));

    private protected override int DesignLength(SearchSpace space) => _options.Initial ?? base.DesignLength(space);

    private protected override GpOptions Model => Ensemble;

    /// <inheritdoc/>
    public override void Observe(in JournalEvent journalEvent, History history)
    {
        base.Observe(journalEvent, history);
        _parzen.Observe(journalEvent, history);
    }

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch)
    {
        var plan = AutoPlan.Of(context, place, Data);
        if (plan.UsesModel)
            return ProposeByProcess(context, place, batch, Model, Recipe(context, Model), plan.Reason);

        var proposal = _parzen.Propose(context with { Index = context.Index + place }, 1) is [var first] ? first : (Proposal?)null;
        return proposal is { } made && IsAllowed(made.Configuration, batch)
            ? made with { Annotation = Explanation.Chosen(made.Annotation, "tpe", plan.Reason) }
            : null;
    }
}
