using Attune.Algorithms.Acquisition;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Bayesian optimisation: a Gaussian process is fitted to what was measured, and the configuration with the largest expected improvement
/// comes next.
/// </summary>
/// <remarks>
/// <para>Model: <see cref="Surrogates.Kernel"/> (joint and additive Matérn 5/2), <see cref="Surrogates.LogPosterior"/>
/// (hyperparameters), <see cref="OutputTransform"/> (losses). Acquisition: <see cref="LogExpectedImprovement"/> over the best posterior
/// mean, or what the option says, maximised by <see cref="AcquisitionMaximizer"/>. Factors of it: <see cref="ConstraintModel"/>,
/// <see cref="PriorBelief"/>, <see cref="CostModel"/>.</para>
/// <para>What is made of pending trials is told at <see cref="FantasyAcquisition"/>, of failures and several objectives at
/// <see cref="ModelTargets"/>. Where the problem has a fidelity, the process is one of configuration and resource
/// (<see cref="Surrogates.FidelityAxis"/>), learns from points of every trial's curve (<see cref="CurvePoints"/>), and improves on what it
/// predicts at full fidelity.</para>
/// <para>Replay: the model is built anew for each proposal, from trials in order of number; the hyperparameters of an earlier fit are
/// read from the annotation of the newest proposal in the journal, where every proposal leaves its own.</para>
/// </remarks>
public sealed class GpSampler : GaussianProcessSampler
{
    private readonly GpOptions _options;

    internal GpSampler(MethodDescriptor descriptor, GpOptions options, MethodContext context)
        : base(descriptor, context) => _options = options;

    /// <summary>How registries know it: <c>gp</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "gp", 1, "Gaussian process with expected improvement: learns from every trial, for expensive objectives.", GpJson.Default.GpOptions,
        [
            InitialOption,
            MethodOption.Choice("smoothness", "The correlation of the process.", "matern52", "squared-exponential"),
            MethodOption.Flag("additive", "Whether the kernel has an additive part beside the joint one."),
            MethodOption.Choice(
                "ordinals",
                "Where the choices of ordinals lie: in order, evenly or with learned gaps, or all apart as those without an order.",
                "even", "learned", "apart"),
            MethodOption.Flag(
                "input_warping",
                "Whether numbers and ordinals, if at most 100, are warped, for losses that change faster near an end of a range."),
            MethodOption.Flag("transform", "Whether a transform of the losses is chosen by likelihood."),
            MethodOption.Integer("members", "Over how many draws of the hyperparameters acquisition values are averaged.", 1, 64),
            MethodOption.Choice(
                "acquisition", "By what a configuration is chosen.",
                "log-ei", "log-aei", "ei", "pi", "ucb", "thompson", "max-value-entropy"),
            MethodOption.Choice(
                "pending", "What log-ei, ei and pi make of pending trials.",
                "fantasies", "hallucination", "local-penalization", "constant-liar"),
            MethodOption.Flag(
                "cost_aware",
                "Whether improvement is sought by cost, the more so the more of the budget is left; by default where the first budget "
                + "limits the cost."),
            MethodOption.Integer("model_trials", "How many trials the model holds at most: the best half and the newest.", 10, 2_000),
            MethodOption.Integer("candidates", "How many quasi-random candidates are compared for a proposal.", 16, 100_000),
        ],
        (descriptor, options, context) => new GpSampler(descriptor, options, context));

    private protected override int DesignLength(SearchSpace space) => _options.Initial ?? base.DesignLength(space);

    private protected override GpOptions Model => _options;

    private protected override Proposal? ProposeByModel(in ProposalContext context, int place, ConfigurationSet batch) =>
        ProposeByProcess(context, place, batch, _options, Recipe(context, _options));
}
