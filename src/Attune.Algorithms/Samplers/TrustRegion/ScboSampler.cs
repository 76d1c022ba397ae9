using Attune.Algorithms.Acquisition;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Scalable constrained Bayesian optimisation: within a trust region, functions drawn from the processes of the loss and of every outcome
/// constraint choose the configuration that is best among those that keep the drawn constraints, or else violates them least.
/// </summary>
/// <remarks>
/// D. Eriksson, M. Poloczek, "Scalable constrained Bayesian optimization", AISTATS 2021 (arXiv 2002.08526): losses go through a Gaussian
/// copula (<see cref="OutputTransform"/>), violations are compressed (<see cref="ConstraintModel"/>), and candidates are compared by
/// <see cref="ConstrainedPathAcquisition"/>. See <see cref="TrustRegionSampler"/> for the region. Without outcome constraints it is TuRBO-1
/// with Thompson sampling.
/// </remarks>
public sealed class ScboSampler : TrustRegionSampler
{
    private ScboSampler(MethodDescriptor descriptor, ScboOptions options, MethodContext context)
        : base(descriptor, options, AcquisitionKind.Thompson, TrustRegionTransform.Copula, context)
    {
    }

    /// <summary>How registries know it: <c>scbo</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "scbo", 1, "Trust region with functions drawn for the loss and for every outcome constraint: for many parameters and constraints.",
        ScboJson.Default.ScboOptions, SharedOptions, (descriptor, options, context) => new ScboSampler(descriptor, options, context));
}
