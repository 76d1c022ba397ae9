using Attune.Events;
using Attune.Histories;
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
public sealed class ForestSampler : ISampler
{
    private const int SmallSpace = 2_000;
    private const int Draws = 100;
    private const int LeastDesign = 4;
    private const double DesignShare = 0.15;

    private static readonly uint ClimbPurpose = RandomKey.Purpose("climb");

    private readonly ForestOptions _options;
    private readonly RandomKey _designKey;
    private readonly int? _firstBudget;
    private readonly ModelData _data = new();
    private SearchSpace? _space;
    private LegalPoints? _design;
    private Configuration[]? _everything;

    private ForestSampler(MethodDescriptor descriptor, ForestOptions options, MethodContext context)
    {
        (Descriptor, _options, _firstBudget) = (descriptor, options, context.Budget.Trials);
        _designKey = Keys.ForStudy(context.Seed, "forest-design");
    }

    /// <summary>How registries know it: <c>forest</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "forest", 1, "Random forest with expected improvement: learns from every trial, for many choices, conditions and steps.",
        ForestJson.Default.ForestOptions,
        [
            MethodOption.Integer(
                "initial",
                "How many points come before the model: the default, then Sobol' points; by default one more than there are parameters, "
                + "but at most 15 % of the first budget, and at least 4.",
                1, 10_000),
            MethodOption.Integer("trees", "The number of trees.", 10, 1_000),
            MethodOption.Number("random_share", "Which share of the proposals is drawn at random.", 0, 1),
            MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 5_000),
            MethodOption.Integer("candidates", "How many quasi-random candidates are compared for a proposal.", 16, 100_000),
        ],
        (descriptor, options, context) => new ForestSampler(descriptor, options, context));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => true;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        _data.Observe(Descriptor.Name, journalEvent, history);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Enter(context.Space);
        var proposals = new List<Proposal>(count);
        var batch = new HashSet<Configuration>();
        ForestModel? model = null;
        for (var i = 0; i < count; i++)
        {
            var isDesign = context.Index + i < Initial(context.Space) || _data.Count < 2;
            var proposal = isDesign ? ProposeDesign(context, i, batch)
                : context.Key("forest-interleave", i).CreateStream().NextDouble() < _options.RandomShare ? ProposeAny(context, i, batch)
                : ProposeByModel(context, i, batch, ref model);
            if (proposal is not { } made)
                break;
            proposals.Add(made);
            batch.Add(made.Configuration);
            if (i + 1 < count)
                model?.Count(made.Configuration);
        }

        return proposals;
    }

    private void Enter(SearchSpace space)
    {
        if (ReferenceEquals(_space, space))
            return;
        _space = space;
        _everything = space.Count(SmallSpace) is not null ? [.. space.Enumerate()] : null;
        var sequence = space.Dimensions <= SobolSequence.MaxDimensions ? new SobolSequence(space.Dimensions, _designKey) : null;
        var point = new double[space.Dimensions];
        _design = new(space, Decode, long.MaxValue, isDense: false);

        Configuration Decode(long place)
        {
            if (place == 0)
                return space.Default();
            if (sequence is not null)
                sequence.GetPoint(place - 1, point);
            else
                new RandomStream(_designKey, (ulong)(place - 1) * (ulong)point.Length).Fill(point);
            return space.DecodeByPrior(point);
        }
    }

    private int Initial(SearchSpace space)
    {
        var wanted = space.Dimensions + 1;
        return _options.Initial ?? Math.Max(
            LeastDesign, _firstBudget is { } trials ? (int)Math.Min(wanted, DesignShare * trials) : wanted);
    }

    private Proposal? ProposeDesign(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        var configuration = _everything is { Length: var size } && _data.TriedCount + batch.Count >= size ? null
            : _design!.Find(context.Index + place);
        return configuration is not null && IsAllowed(configuration, batch)
            ? new(configuration, ForestAnnotation.Design)
            : ProposeAny(context, place, batch);
    }

    private Proposal? ProposeByModel(in ProposalContext context, int place, HashSet<Configuration> batch, ref ForestModel? model)
    {
        var key = context.Key("forest", place);
        if (model is null || !context.History.Problem.IsSingleObjective)
        {
            model = ForestModel.Fit(_data, context.History, context.Trial, _options, key);
            model.Count([.. batch]);
        }

        var search = new ForestSearch(model, configuration => IsAllowed(configuration, batch));
        var best = _everything is not null
            ? search.Best(_everything)
            : search.Maximize(CandidateSet.Make(context.Space, _options.Candidates, model.Best, key), key.Derive(ClimbPurpose));
        return best is null ? ProposeAny(context, place, batch) : new(best, model.Annotate(best));
    }

    /// <summary>A random configuration that was not tried, or any that is left of a finite space; null when none is.</summary>
    private Proposal? ProposeAny(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        var space = context.Space;
        var stream = context.Key("forest-draws", place).CreateStream();
        if (_everything is null)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                if (space.Sample(ref stream) is var configuration && IsAllowed(configuration, batch))
                    return new(configuration, ForestAnnotation.Random);
            }

            if (!space.IsFinite)
                return new(space.Sample(ref stream), ForestAnnotation.Random);
        }

        var left = (_everything ?? space.Enumerate()).Where(configuration => IsAllowed(configuration, batch));
        if (_everything is not null && left.ToArray() is { Length: > 0 } all)
            return new(all[stream.NextInt(all.Length)], ForestAnnotation.Random);
        return left.FirstOrDefault() is { } any ? new(any, ForestAnnotation.Random) : null;
    }

    private bool IsAllowed(Configuration configuration, HashSet<Configuration> batch) =>
        !_data.WasTried(configuration) && !batch.Contains(configuration);
}
