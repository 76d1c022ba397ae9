using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>Halton points with random digit permutations, keyed by the study's seed: evener than random draws, in up to 10,000
/// dimensions.</summary>
/// <remarks>
/// J. H. Halton, "On the efficiency of certain quasi-random sequences of points", Numerische Mathematik 2, 1960; A. B. Owen, "A randomized
/// Halton algorithm in R", 2017.
/// </remarks>
public sealed class HaltonSampler : PointSetSampler
{
    private readonly RandomKey _key;

    private HaltonSampler(MethodDescriptor descriptor, MethodContext context)
        : base(descriptor, context, HaltonSequence.MaxDimensions) => _key = Keys.ForStudy(context.Seed, "halton");

    /// <summary>How registries know it: <c>halton</c>, without options.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "halton", 1, "Scrambled Halton points: evener than random, for very many parameters.",
        (descriptor, context) => new HaltonSampler(descriptor, context));

    private protected override Action<long, double[]> PointsOf(int dimensions)
    {
        var sequence = new HaltonSequence(dimensions, _key);
        return (place, point) => sequence.GetPoint(place, point);
    }
}
