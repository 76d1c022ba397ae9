using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Latin hypercube designs one after the other: within a design of n points, each of the n equal slices of every axis holds one point.
/// Each design has random numbers of its own.
/// </summary>
/// <remarks>
/// M. McKay, R. Beckman, W. Conover, "A comparison of three methods for selecting values of input variables in the analysis of output from
/// a computer code", Technometrics 21, 1979. Points that constraints refuse are left out, and their slices stay empty.
/// </remarks>
public sealed class LatinHypercubeSampler : PointSetSampler
{
    private const int DefaultDesign = 100;
    private const int LargestDesign = 1_000_000;

    private static readonly uint DesignPurpose = RandomKey.Purpose("design");

    private readonly RandomKey _key;
    private readonly int _size;

    private LatinHypercubeSampler(MethodDescriptor descriptor, LatinHypercubeOptions options, MethodContext context)
        : base(descriptor, context)
    {
        _key = Keys.ForStudy(context.Seed, "latin-hypercube");
        _size = options.Design ?? Math.Min(context.Budget.Trials ?? DefaultDesign, LargestDesign);
    }

    /// <summary>How registries know it: <c>latin-hypercube</c>, also <c>lhs</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "latin-hypercube", 1, "Latin hypercube designs: every axis evenly covered, best when the number of trials is known.",
        LatinHypercubeJson.Default.LatinHypercubeOptions,
        [
            MethodOption.Integer(
                "design", "The number of points of a design; by default the number of trials in the study's first budget, or 100.",
                1, LargestDesign),
        ],
        (descriptor, options, context) => new LatinHypercubeSampler(descriptor, options, context),
        aliases: ["lhs"]);

    private protected override Action<long, double[]> PointsOf(int dimensions)
    {
        var (number, design) = (-1L, (LatinHypercube?)null);
        return (place, point) =>
        {
            if (design is null || place / _size != number)
            {
                number = place / _size;
                design = new(_size, dimensions, _key.Derive(0, (ulong)number, DesignPurpose));
            }

            design.GetPoint(place % _size, point);
        };
    }
}
