using Attune.Algorithms.Acquisition;
using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>What samplers share that maximise an acquisition function over a Gaussian process.</summary>
public abstract class GaussianProcessSampler : SequentialSampler, IRecommendingSampler
{
    private const double Delta = 0.1;
    private const double PriorStrength = 10;
    private const double PriorShare = 0.1;

    private readonly Budget _budget;

    // Memory that one proposal leaves to the next.
    private readonly List<CholeskyFactor> _matrices = [];

    private protected GaussianProcessSampler(MethodDescriptor descriptor, MethodContext context)
        : base(descriptor, context) => (Data, _budget) = (new(descriptor.Name, readsCurves: true), context.Budget);

    private protected override ModelData Data { get; }

    /// <summary>The recipe of a sampler that takes account of all that the problem tells: constraints, priors and costs.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="options">The options.</param>
    private protected GpRecipe Recipe(in ProposalContext context, GpOptions options)
    {
        var trials = Data.Count;
        var isCostAware = options.CostAware ?? _budget.Cost is not null;
        return new(options.Acquisition)
        {
            Beta = UpperConfidenceBound.Schedule(ExplorationSchedule.Practical, context.Space.Dimensions, trials + 1, Delta),
            Pending = options.Pending,
            ModelsConstraints = true,
            CostExponent = isCostAware ? CostModel.Exponent(_budget, context.History.CostSpent, trials) : 0,
            PriorExponent = (_budget.Trials is { } budget ? PriorShare * budget : PriorStrength) / Math.Max(1, trials),
        };
    }

    /// <summary>The options of the model.</summary>
    private protected abstract GpOptions Model { get; }

    /// <inheritdoc/>
    public Recommendation? Recommend(in ProposalContext context)
    {
        var history = context.History;
        if ((history.Best is null && history.Problem.Fidelity is null) || !history.Problem.IsSingleObjective || Data.Count < 2)
            return null;
        var recipe = new GpRecipe(AcquisitionKind.LogExpectedImprovement) { CountsPending = false, ModelsConstraints = true };
        return GpModel.Fit(Data, history, context.Trial, new(), Model, recipe, context.Key($"{Descriptor.Name}-recommendation"))
            .Recommend();
    }

    /// <summary>The configuration with the largest acquisition value; null when none is allowed.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    /// <param name="batch">What was proposed for earlier places of the batch: pending, and not allowed again.</param>
    /// <param name="options">The options of the model.</param>
    /// <param name="recipe">What is made of the model.</param>
    /// <param name="why">Why this method was chosen; null where the user chose it.</param>
    private protected Proposal? ProposeByProcess(
        in ProposalContext context, int place, ConfigurationSet batch, GpOptions options, GpRecipe recipe, string? why = null)
    {
        var key = context.Key(Descriptor.Name, place);
        var model = GpModel.Fit(Data, context.History, context.Trial, batch, options, recipe, key, _matrices);
        var search = new AcquisitionMaximizer(model.Acquisition, configuration => IsAllowed(configuration, batch));
        var found = Everything is not null
            ? search.Best(Everything)
            : search.Maximize(CandidateSet.Make(context.Space, options.Candidates, model.Best, key));
        return found is { Configuration: var best }
            ? new(best, model.Annotate(why is null ? Descriptor.Name : "gp", recipe.Reason, why, best))
            : null;
    }
}
