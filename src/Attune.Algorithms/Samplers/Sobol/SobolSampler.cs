using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Sobol' points with Owen's scrambling, keyed by the study's seed: they fill the space more evenly than random draws, at every length.
/// </summary>
/// <remarks>
/// I. M. Sobol', "On the distribution of points in a cube and the approximate evaluation of integrals", 1967; S. Joe, F. Y. Kuo, SIAM
/// Journal on Scientific Computing 30, 2008 (direction numbers); A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995.
/// Lengths that are powers of two are best.
/// </remarks>
public sealed class SobolSampler : PointSetSampler
{
    private readonly RandomKey _key;

    private SobolSampler(MethodDescriptor descriptor, MethodContext context)
        : base(descriptor, context, SobolSequence.MaxDimensions) => _key = Keys.ForStudy(context.Seed, "sobol");

    /// <summary>How registries know it: <c>sobol</c>, without options.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "sobol", 1, "Scrambled Sobol' points: evener than random, at any length.",
        (descriptor, context) => new SobolSampler(descriptor, context));

    private protected override Action<long, double[]> PointsOf(int dimensions)
    {
        var sequence = new SobolSequence(dimensions, _key);
        return (place, point) => sequence.GetPoint(place, point);
    }
}
