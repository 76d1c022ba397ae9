namespace Attune.Algorithms.Samplers;

/// <summary>
/// Bayesian optimisation within one trust region (TuRBO-1), by log expected improvement or Thompson sampling. Outcome constraints are kept
/// as in <see cref="GpSampler"/>, or with Thompson sampling as in <see cref="ScboSampler"/>.
/// </summary>
/// <remarks>See <see cref="TrustRegionSampler"/>.</remarks>
public sealed class TurboSampler : TrustRegionSampler
{
    private TurboSampler(MethodDescriptor descriptor, TurboOptions options, MethodContext context)
        : base(descriptor, options, options.Acquisition, options.Transform, context)
    {
    }

    /// <summary>How registries know it: <c>turbo</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "turbo", 1,
        "Gaussian process within a trust region that moves, grows, shrinks and starts anew: for many parameters, rugged losses.",
        TurboJson.Default.TurboOptions,
        [
            .. SharedOptions,
            MethodOption.Choice("acquisition", "By what a configuration is chosen.", "log-ei", "thompson"),
            MethodOption.Choice("transform", "How losses are mapped before they are modelled.", "likelihood", "copula", "none"),
        ],
        (descriptor, options, context) => new TurboSampler(descriptor, options, context));
}
