using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
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
public sealed class TpeSampler : ISampler
{
    private const int SmallSpace = 2_000;
    private const int Draws = 100;
    private const int LeastDesign = 4;
    private const int UsualDesign = 8;
    private const int MostDesign = 10;

    private readonly TpeOptions _options;
    private readonly RandomKey _designKey;
    private readonly int? _firstBudget;
    private readonly ParzenData _data = new();
    private SearchSpace? _space;
    private LegalPoints? _design;
    private Configuration[]? _everything;
    private TpeModel? _model;

    private TpeSampler(MethodDescriptor descriptor, TpeOptions options, MethodContext context)
    {
        (Descriptor, _options, _firstBudget) = (descriptor, options, context.Budget.Trials);
        _designKey = Keys.ForStudy(context.Seed, "tpe-design");
    }

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

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => true;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        _data.Observe(journalEvent, history);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Enter(context.History);
        var proposals = new List<Proposal>(count);
        var batch = new HashSet<Configuration>();
        for (var i = 0; i < count; i++)
        {
            var proposal = context.Index + i < Initial(context.Space) || _data.Count < 2
                ? ProposeDesign(context, i, batch)
                : ProposeByModel(context, i, batch);
            if (proposal is not { } made)
                break;
            proposals.Add(made);
            batch.Add(made.Configuration);
        }

        return proposals;
    }

    private void Enter(History history)
    {
        _data.Enter(history);
        var space = history.Problem.Space;
        if (ReferenceEquals(_space, space))
            return;
        _space = space;
        _model = new(_data, _options);
        _everything = space.Count(SmallSpace) is not null ? [.. space.Enumerate()] : null;
        var sequence = space.Dimensions <= SobolSequence.MaxDimensions ? new SobolSequence(space.Dimensions, _designKey) : null;
        var point = new double[space.Dimensions];
        _design = new(space, Decode, long.MaxValue, isDense: !space.IsConstrained);

        Configuration Decode(long place)
        {
            if (sequence is not null)
                sequence.GetPoint(place, point);
            else
                new RandomStream(_designKey, (ulong)place * (ulong)point.Length).Fill(point);
            return space.DecodeByPrior(point);
        }
    }

    private int Initial(SearchSpace space)
    {
        var wanted = Math.Clamp(space.Dimensions + 1, UsualDesign, MostDesign);
        return _options.Initial ?? Math.Max(LeastDesign, _firstBudget is { } trials ? Math.Min(wanted, trials / 4) : wanted);
    }

    private Proposal? ProposeDesign(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        if (_everything is { Length: var size } && _data.TriedCount + batch.Count >= size)
            return ProposeAny(context, place, batch);
        var configuration = context.Index + place == 0 && Defaults(context.Space) is { } defaults && IsAllowed(defaults, batch)
            ? defaults
            : _design!.Find(context.Index + place);
        return configuration is not null && IsAllowed(configuration, batch)
            ? new(configuration, TpeModel.DesignAnnotation)
            : ProposeAny(context, place, batch);
    }

    /// <summary>The configuration of all defaults, where constraints and priors allow it.</summary>
    private Configuration? Defaults(SearchSpace space)
    {
        var configuration = space.Default();
        for (var i = 0; i < space.Dimensions; i++)
        {
            var place = _data.Dimensions[i].PlaceOf(configuration.Numbers[i]);
            if (!double.IsNaN(place) && double.IsNegativeInfinity(_data.Dimensions[i].LogPrior(place, usePrior: true)))
                return null;
        }

        return space.IsLegal(configuration) ? configuration : null;
    }

    private Proposal? ProposeByModel(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        _model!.Fit(context.History, context.Trial, batch, context.Key("tpe", place));
        var key = context.Key("tpe-candidates", place);
        if (_model.Propose(context.Space, key, configuration => IsAllowed(configuration, batch)) is { } found)
            return found;
        return _everything is not null
            ? _model.Best(_everything.Where(configuration => IsAllowed(configuration, batch)))
            : ProposeAny(context, place, batch);
    }

    /// <summary>A random configuration that was not tried, or any that is left of a finite space; null when none is.</summary>
    private Proposal? ProposeAny(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        var space = context.Space;
        var stream = context.Key("tpe-draws", place).CreateStream();
        if (_everything is null)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                if (space.Sample(ref stream) is var configuration && IsAllowed(configuration, batch))
                    return new(configuration, TpeModel.RandomAnnotation);
            }

            if (!space.IsFinite)
                return new(space.Sample(ref stream), TpeModel.RandomAnnotation);
        }

        var left = (_everything ?? space.Enumerate()).Where(configuration => IsAllowed(configuration, batch));
        if (_everything is not null)
        {
            Configuration[] some = [.. left];
            return some.Length == 0 ? null : new(some[stream.NextInt(some.Length)], TpeModel.RandomAnnotation);
        }

        return left.FirstOrDefault() is { } any ? new(any, TpeModel.RandomAnnotation) : null;
    }

    private bool IsAllowed(Configuration configuration, HashSet<Configuration> batch) =>
        !_data.WasTried(configuration) && !batch.Contains(configuration);
}
