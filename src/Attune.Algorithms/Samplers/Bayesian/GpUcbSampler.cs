using Attune.Algorithms.Acquisition;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Sequential model-based search in its plain textbook form: a Gaussian process is fitted to what was measured, and the configuration
/// with the best optimistic prediction comes next.
/// </summary>
/// <remarks>
/// N. Srinivas, A. Krause, S. Kakade, M. Seeger, "Gaussian process optimization in the bandit setting: no regret and experimental design",
/// ICML 2010, algorithm 1, with a Matérn 5/2 kernel, one length scale a parameter, maximum a posteriori hyperparameters and untransformed
/// losses. Everything else is as in <see cref="GpSampler"/>.
/// </remarks>
public sealed class GpUcbSampler : GaussianProcessSampler
{
    private readonly GpUcbOptions _options;
    private readonly GpOptions _model;

    private GpUcbSampler(MethodDescriptor descriptor, GpUcbOptions options, MethodContext context)
        : base(descriptor, context)
    {
        _options = options;
        _model = new() { Additive = false, Transform = false, ModelTrials = options.ModelTrials, Candidates = options.Candidates };
    }

    /// <summary>How registries know it: <c>gp-ucb</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "gp-ucb", 2, "Gaussian process with upper confidence bounds, in its plain textbook form.", GpUcbJson.Default.GpUcbOptions,
        [
            InitialOption,
            MethodOption.Choice("schedule", "How the weight of exploration grows with the number of trials.", "practical", "theoretical"),
            MethodOption.Number("exploration", "A factor of the weight of exploration; larger explores more.", 0.001, 1_000),
            MethodOption.Number("delta", "The probability with which the bound of the theoretical schedule may fail.", 0.000001, 1),
            MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 2_000),
            MethodOption.Integer("candidates", "How many quasi-random candidates are compared for a proposal.", 16, 100_000),
        ],
        (descriptor, options, context) => new GpUcbSampler(descriptor, options, context));

    private protected override int DesignLength(SearchSpace space) => _options.Initial ?? base.DesignLength(space);

    private protected override GpOptions Model => _model;

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch)
    {
        var beta = _options.Exploration
            * UpperConfidenceBound.Schedule(_options.Schedule, context.Space.Dimensions, Data.Count + 1, _options.Delta);
        return ProposeByProcess(context, place, batch, _model, new(AcquisitionKind.UpperConfidenceBound) { Beta = beta });
    }
}
