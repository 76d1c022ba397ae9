using System.Text.Json;
using Attune.Algorithms.Acquisition;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Bayesian optimisation within a trust region: a Gaussian process of the region's trials chooses a configuration near the best one, and
/// the region grows with success and shrinks with failure, until it is so small that the search begins anew elsewhere.
/// </summary>
/// <remarks>
/// <para>D. Eriksson, M. Pearce, J. Gardner, R. Turner, M. Poloczek, "Scalable global optimization via local Bayesian optimization",
/// NeurIPS 2019, with one region; with outcome constraints D. Eriksson, M. Poloczek, "Scalable constrained Bayesian optimization",
/// AISTATS 2021. The region: <see cref="TrustRegion"/>, its place: <see cref="TrustRegionBox"/>, what is compared:
/// <see cref="TrustRegionCandidates"/>, the model: as in <see cref="GpSampler"/>.</para>
/// <para>Under noise the centre is the trial with the best predicted mean among those that keep the constraints; while none does, the one
/// that violates them least.</para>
/// </remarks>
public abstract class TrustRegionSampler : GaussianProcessSampler
{
    private const double LeastGain = 1e-3;

    private readonly TrustRegionOptions _options;
    private readonly AcquisitionKind _acquisition;
    private readonly bool _isCopula;
    private readonly TrustRegion _region;

    private protected TrustRegionSampler(
        MethodDescriptor descriptor, TrustRegionOptions options, AcquisitionKind acquisition, TrustRegionTransform transform,
        MethodContext context)
        : base(descriptor, context)
    {
        if (!(options.InitialLength >= options.ShortestLength && options.InitialLength <= options.LongestLength))
        {
            throw new ProblemException(FormattableString.Invariant(
                $"Sampler '{descriptor.Name}': initial_length is {options.InitialLength}, but must be from shortest_length, ")
                + FormattableString.Invariant($"{options.ShortestLength}, to longest_length, {options.LongestLength}."));
        }

        (_options, _acquisition, _isCopula) = (options, acquisition, transform == TrustRegionTransform.Copula);
        _region = new(descriptor.Name, options);
        Model = new()
        {
            Additive = options.Additive, Transform = transform == TrustRegionTransform.Likelihood, ModelTrials = options.ModelTrials,
            Candidates = options.Candidates,
        };
    }

    /// <summary>The descriptions of the options that trust-region samplers share.</summary>
    private protected static IEnumerable<MethodOption> SharedOptions =>
    [
        MethodOption.Integer(
            "initial",
            "How many points of a design come first, and again after every restart; by default one more than there are parameters, "
            + "but at most 15 % of the first budget, and at least 4.",
            1, 10_000),
        MethodOption.Number("initial_length", "The side of the region at the beginning, in units of the space.", 0.01, 2),
        MethodOption.Number("shortest_length", "The side below which the search begins anew elsewhere.", 0.000001, 1),
        MethodOption.Number("longest_length", "The side beyond which the region does not grow.", 0.01, 10),
        MethodOption.Integer("successes", "After how many successes in a row the side doubles.", 1, 1_000),
        MethodOption.Integer(
            "failures",
            "After how many failures in a row the side halves; by default as many as there are parameters, but from 4 to 20.", 1, 10_000),
        MethodOption.Flag("additive", "Whether the kernel has an additive part beside the joint one."),
        MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 2_000),
        MethodOption.Integer("candidates", "How many candidates are compared for a proposal.", 16, 100_000),
    ];

    private protected override int DesignLength(SearchSpace space) => _options.Initial ?? base.DesignLength(space);

    private protected override GpOptions Model { get; }

    /// <inheritdoc/>
    public override void Observe(in JournalEvent journalEvent, History history)
    {
        base.Observe(journalEvent, history);
        _region.Observe(journalEvent, history);
    }

    private protected override bool IsDesign(in ProposalContext context, int place) =>
        context.Index + place - _region.FirstIndex < DesignLength(context.Space) || _region.Data.Count < 2
        || !_region.Data.CanLearn(context.History.Problem);

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch)
    {
        var (history, key) = (context.History, context.Key(Descriptor.Name, place));
        var recipe = Recipe(context, Model) with
        {
            Acquisition = _acquisition,
            DrawsConstraints = _acquisition == AcquisitionKind.Thompson,
            IsCopula = _isCopula,
        };
        var model = GpModel.Fit(_region.Data, history, context.Trial, batch, Model, recipe, key);
        var target = model.Target(LeastGain);
        if (Center(model, target is not null, history) is not { } center)
            return null;
        var box = new TrustRegionBox(model.Acquisition.Map, model.State.Parameters, center, _region.Length, _options.InitialLength);
        var search = new AcquisitionMaximizer(
            model.Acquisition, configuration => IsAllowed(configuration, batch) && box.Contains(configuration), (box.Lower, box.Upper));
        var candidates = Everything?.ToList() ?? TrustRegionCandidates.Make(context.Space, box, center, _options.Candidates, key);

        // As in the paper: a drawn function is not taken at its word beyond the candidates.
        var found = Everything is not null || _acquisition == AcquisitionKind.Thompson
            ? search.Best(candidates)
            : search.Maximize(candidates);
        return found is { Configuration: var best }
            ? new(best, model.Annotate(Descriptor.Name, recipe.Reason, null, best, WriteRegion))
            : null;

        void WriteRegion(Utf8JsonWriter writer) => _region.Write(writer, history.Problem.IsSingleObjective ? target : null);
    }

    private Configuration? Center(GpModel model, bool isFeasible, History history)
    {
        if (!isFeasible && _region.LeastViolating is { } least && history.Trials[least].Configuration is { } nearest
            && _region.Data.Adopt(nearest) is var adopted && history.Problem.Space.Validate(adopted) is null)
            return adopted;
        return model.Best.Count > 0 ? model.Best[0] : null;
    }
}
