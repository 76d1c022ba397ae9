using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// The tree-structured Parzen estimator: the good trials and the others are modelled by a density each, and the candidate comes next at
/// which the ratio of the good density to the other is largest.
/// </summary>
/// <remarks>
/// <para>J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011, section 4, multivariate
/// as in S. Watanabe, "Tree-structured Parzen estimator", arXiv 2304.11127; see <see cref="ParzenMixture"/> for the densities,
/// <see cref="TrialSplit"/> for which trials are good.</para>
/// <para>Pending trials count as bad, so that what is proposed beside them lies elsewhere.</para>
/// </remarks>
public sealed class TpeSampler : SequentialSampler
{
    private const int UsualDesign = 8;
    private const int MostDesign = 10;

    private readonly TpeOptions _options;
    private TpeModel? _model;

    private TpeSampler(MethodDescriptor descriptor, TpeOptions options, MethodContext context)
        : base(descriptor, context) => _options = options;

    /// <summary>How registries know it: <c>tpe</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "tpe", 1, "Tree-structured Parzen estimator: learns from every trial, quick at any number of them, at home in conditional spaces.",
        TpeJson.Default.TpeOptions,
        [
            MethodOption.Integer(
                "initial",
                "How many trials come first: the defaults, then Sobol' points; by default one more than there are parameters, "
                + "but from 8 to 10, and at most a quarter of the first budget, and at least 4.",
                1, 10_000),
            MethodOption.Number("gamma", "The share of trials that count as good.", 0.001, 0.9),
            MethodOption.Integer("most_good", "How many trials count as good at most.", 1, 1_000),
            MethodOption.Number("prior_weight", "The weight of the prior beside the good trials, where a trial's is 1.", 0.001, 1_000),
            MethodOption.Integer("candidates", "How many candidates are drawn and compared for a proposal.", 1, 10_000),
        ],
        (descriptor, options, context) => new TpeSampler(descriptor, options, context));

    private protected override ParzenData Data { get; } = new();

    private protected override int DesignLength(SearchSpace space)
    {
        var wanted = Math.Clamp(space.Dimensions + 1, UsualDesign, MostDesign);
        return _options.Initial ?? Math.Max(LeastDesign, FirstBudget is { } trials ? Math.Min(wanted, trials / 4) : wanted);
    }

    private protected override Configuration DesignPoint(InitialDesign design, long index, ConfigurationSet batch) =>
        index == 0 && design.Defaults is { } defaults && HasPriorDensity(defaults) && IsNew(defaults, batch)
            ? defaults
            : design.Point(index);

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch)
    {
        if (_model is null || !ReferenceEquals(_model.Space, context.Space))
            _model = new(context.Space, Data, _options);
        _model.Fit(context.History, context.Trial, batch, context.Key("tpe", place));
        return _model.Propose(context.Key("tpe-candidates", place), configuration => IsAllowed(configuration, batch))
            ?? (Everything is null ? null : _model.Best(Everything.Where(configuration => IsAllowed(configuration, batch))));
    }

    private bool HasPriorDensity(Configuration configuration)
    {
        for (var i = 0; i < Data.Dimensions.Length; i++)
        {
            var place = Data.Dimensions[i].PlaceOf(configuration.Numbers[i]);
            if (!double.IsNaN(place) && double.IsNegativeInfinity(Data.Dimensions[i].LogPrior(place, usePrior: true)))
                return false;
        }

        return true;
    }
}
