using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Sequential model-based search with a random forest: for spaces with many choices and conditions, and for losses with steps.
/// </summary>
/// <remarks>
/// <para>F. Hutter, H. H. Hoos, K. Leyton-Brown, "Sequential model-based optimization for general algorithm configuration" (SMAC), LION
/// 2011; M. Lindauer and others, "SMAC3", JMLR 23, 2022. The forest is <see cref="Surrogates.RandomForestSurrogate"/>; the acquisition is
/// the logarithm of expected improvement on the best posterior mean, with the epistemic variance; <see cref="ForestSearch"/> maximises it;
/// now and then a random configuration comes between.</para>
/// <para>Pending trials count as observed at their predicted mean; what is made of failures, outcome constraints and several objectives is
/// told at <see cref="ModelTargets"/>. Whatever resource a trial had, its value counts alike.</para>
/// <para>Replay: the forest is grown anew for each proposal, from trials in order of number.</para>
/// </remarks>
public sealed class ForestSampler : SequentialSampler, IRecommendingSampler
{
    private static readonly uint ClimbPurpose = RandomKey.Purpose("climb");

    private readonly ForestOptions _options;

    private ForestSampler(MethodDescriptor descriptor, ForestOptions options, MethodContext context)
        : base(descriptor, context) => (Data, _options) = (new(descriptor.Name), options);

    private protected override ModelData Data { get; }

    /// <summary>How registries know it: <c>forest</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "forest", 1, "Random forest with expected improvement: learns from every trial, for many choices, conditions and steps.",
        ForestJson.Default.ForestOptions,
        [
            InitialOption,
            MethodOption.Integer("trees", "The number of trees.", 10, 1_000),
            MethodOption.Number("random_share", "Which share of the proposals is drawn at random.", 0, 1),
            MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 5_000),
            MethodOption.Integer("candidates", "How many quasi-random candidates are compared for a proposal.", 16, 100_000),
        ],
        (descriptor, options, context) => new ForestSampler(descriptor, options, context));

    /// <inheritdoc/>
    public Recommendation? Recommend(in ProposalContext context) => context.History.Best is null || Data.Count < 2 ? null
        : ForestModel.Fit(Data, context.History, context.Trial, [], _options, context.Key("forest-recommendation"), countsPending: false)
            .Recommend();

    private protected override int DesignLength(SearchSpace space) => _options.Initial ?? base.DesignLength(space);

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch)
    {
        if (context.Key("forest-interleave", place).CreateStream().NextDouble() < _options.RandomShare)
            return null;
        var key = context.Key(Descriptor.Name, place);
        var model = ForestModel.Fit(Data, context.History, context.Trial, batch, _options, key);
        var search = new ForestSearch(model, configuration => IsAllowed(configuration, batch));
        var best = Everything is not null
            ? search.Best(Everything)
            : search.Maximize(CandidateSet.Make(context.Space, _options.Candidates, model.Best, key), key.Derive(ClimbPurpose));
        return best is null ? null : new(best, model.Annotate(Descriptor.Name, best));
    }
}
