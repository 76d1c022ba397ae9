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

    private HaltonSampler(MethodDescriptor descriptor, ulong seed)
        : base(descriptor) => _key = Keys.ForStudy(seed, "halton");

    /// <summary>How registries know it: <c>halton</c>, without options.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "halton", 1, "Scrambled Halton points: evener than random, for very many parameters.",
        (descriptor, context) => Create(descriptor, context));

    private static HaltonSampler Create(MethodDescriptor descriptor, MethodContext context) =>
        context.Problem.Space.Dimensions <= HaltonSequence.MaxDimensions
            ? new(descriptor, context.Seed)
            : throw TooManyParameters(descriptor.Name, context.Problem.Space.Dimensions, HaltonSequence.MaxDimensions);

    private protected override Action<long, double[]> PointsOf(int dimensions)
    {
        if (dimensions > HaltonSequence.MaxDimensions)
            throw TooManyParameters(Descriptor.Name, dimensions, HaltonSequence.MaxDimensions);
        var sequence = new HaltonSequence(dimensions, _key);
        return (place, point) => sequence.GetPoint(place, point);
    }
}
