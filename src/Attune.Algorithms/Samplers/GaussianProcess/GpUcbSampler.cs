using Attune.Algorithms.Acquisition;
using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Sequential model-based search: a Gaussian process is fitted to what was measured, and the configuration with the best optimistic
/// prediction comes next.
/// </summary>
/// <remarks>
/// <para>N. Srinivas, A. Krause, S. Kakade, M. Seeger, "Gaussian process optimization in the bandit setting: no regret and experimental
/// design",
/// ICML 2010, algorithm 1, in the plain textbook form: <see cref="GaussianProcess"/> (Matérn 5/2, one length scale a parameter),
/// <see cref="MarginalPosterior"/> (hyperparameters), <see cref="UpperConfidenceBound"/>, <see cref="AcquisitionSearch"/>.</para>
/// <para>Pending trials count as observed at the posterior mean (T. Desautels, A. Krause, J. Burdick, JMLR 15, 2014); what is made of
/// failures,
/// outcome constraints and several objectives is told at <see cref="ModelTargets"/>. Whatever resource a trial had, its value
/// counts alike.</para>
/// <para>Replay: the model is built anew for each proposal, from trials in order of number; the hyperparameters of an earlier fit are
/// read from
/// the annotation of the newest proposal in the journal, where every proposal leaves its own.</para>
/// </remarks>
public sealed class GpUcbSampler : ISampler
{
    private const int SmallSpace = 2_000;
    private const int Draws = 100;
    private const int LeastDesign = 4;

    private readonly GpUcbOptions _options;
    private readonly RandomKey _designKey;
    private readonly int? _firstBudget;
    private readonly ModelData _data = new();
    private SearchSpace? _space;
    private LegalPoints? _design;
    private Configuration[]? _everything;

    private GpUcbSampler(MethodDescriptor descriptor, GpUcbOptions options, MethodContext context)
    {
        (Descriptor, _options, _firstBudget) = (descriptor, options, context.Budget.Trials);
        _designKey = Keys.ForStudy(context.Seed, "gp-ucb-design");
    }

    /// <summary>How registries know it: <c>gp-ucb</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "gp-ucb", 1, "Gaussian process with upper confidence bounds: learns from every trial, for expensive objectives.",
        GpUcbJson.Default.GpUcbOptions,
        [
            MethodOption.Integer(
                "initial",
                "How many Sobol' points come first; by default one more than there are parameters, "
                + "but at most a quarter of the first budget, and at least 4.",
                1, 10_000),
            MethodOption.Choice("schedule", "How the weight of exploration grows with the number of trials.", "practical", "theoretical"),
            MethodOption.Number("exploration", "A factor of the weight of exploration; larger explores more.", 0.001, 1_000),
            MethodOption.Number("delta", "The probability with which the bound of the theoretical schedule may fail.", 0.000001, 1),
            MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 2_000),
            MethodOption.Integer("candidates", "How many quasi-random candidates are compared for a proposal.", 16, 100_000),
        ],
        (descriptor, options, context) => new GpUcbSampler(descriptor, options, context));

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
        GpUcbModel? model = null;
        for (var i = 0; i < count; i++)
        {
            var proposal = context.Index + i < Initial(context.Space) || _data.Count < 2
                ? ProposeDesign(context, i, batch)
                : ProposeByModel(context, i, batch, ref model);
            if (proposal is not { } made)
                break;
            proposals.Add(made);
            batch.Add(made.Configuration);
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
        var wanted = space.Dimensions + 1;
        return _options.Initial ?? Math.Max(LeastDesign, _firstBudget is { } trials ? Math.Min(wanted, trials / 4) : wanted);
    }

    private Proposal? ProposeDesign(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        var configuration = _everything is { Length: var size } && _data.TriedCount + batch.Count >= size ? null
            : _design!.Find(context.Index + place);
        return configuration is not null && IsAllowed(configuration, batch)
            ? new(configuration, GpUcbAnnotation.Design)
            : ProposeAny(context, place, batch);
    }

    private Proposal? ProposeByModel(in ProposalContext context, int place, HashSet<Configuration> batch, ref GpUcbModel? model)
    {
        var key = context.Key("gp-ucb", place);
        if (model is null || !context.History.Problem.IsSingleObjective)
        {
            model = GpUcbModel.Fit(_data, context.History, context.Trial, _options, key);
            foreach (var chosen in batch)
                model.Hallucinate(chosen);
        }

        var beta = _options.Exploration
            * UpperConfidenceBound.Schedule(_options.Schedule, context.Space.Dimensions, _data.Count + 1, _options.Delta);
        var bound = new UpperConfidenceBound(beta);
        var search = new AcquisitionSearch(model.Surrogate, bound, model.Map, configuration => IsAllowed(configuration, batch));
        var found = _everything is not null
            ? search.Best(_everything)
            : search.Maximize(CandidateSet.Make(context.Space, _options.Candidates, model.Best, key));
        if (found is not { Configuration: var best })
            return ProposeAny(context, place, batch);
        var annotation = model.Annotate(best, bound.Beta);
        model.Hallucinate(best);
        return new(best, annotation);
    }

    /// <summary>A random configuration that was not tried, or any that is left of a finite space; null when none is.</summary>
    private Proposal? ProposeAny(in ProposalContext context, int place, HashSet<Configuration> batch)
    {
        var space = context.Space;
        var stream = context.Key("gp-ucb-draws", place).CreateStream();
        if (_everything is null)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                if (space.Sample(ref stream) is var configuration && IsAllowed(configuration, batch))
                    return new(configuration, GpUcbAnnotation.Random);
            }

            if (!space.IsFinite)
                return new(space.Sample(ref stream), GpUcbAnnotation.Random);
        }

        var left = (_everything ?? space.Enumerate()).Where(configuration => IsAllowed(configuration, batch));
        return left.FirstOrDefault() is { } any ? new(any, GpUcbAnnotation.Random) : null;
    }

    private bool IsAllowed(Configuration configuration, HashSet<Configuration> batch) =>
        !_data.WasTried(configuration) && !batch.Contains(configuration);
}
