using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The configurations among which a proposal is chosen: points of a scrambled Sobol' sequence through the trust region, of which
/// each takes only some coordinates over from the sequence and the others from the centre.</summary>
/// <remarks>
/// D. Eriksson and others, NeurIPS 2019, supplement: a coordinate is perturbed with probability min(1, 20/d), at least one is. Where the
/// region reaches an end of a parameter's range, some perturbed numbers go there, for much is best on a bound.
/// </remarks>
internal static class TrustRegionCandidates
{
    private const double MostPerturbed = 20;
    private const double AtBound = 0.05;

    private static readonly uint SequencePurpose = RandomKey.Purpose("region-sequence");
    private static readonly uint DrawPurpose = RandomKey.Purpose("region-draws");

    /// <summary>Legal configurations within the region, perhaps with repetitions.</summary>
    /// <param name="space">The space.</param>
    /// <param name="box">The region.</param>
    /// <param name="center">Its centre.</param>
    /// <param name="count">How many points of the sequence to look at.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static List<Configuration> Make(SearchSpace space, TrustRegionBox box, Configuration center, int count, RandomKey key)
    {
        var dimensions = space.Dimensions;
        var candidates = new List<Configuration>(count + 64);
        var sequence = dimensions <= SobolSequence.MaxDimensions ? new SobolSequence(dimensions, key.Derive(SequencePurpose)) : null;
        var stream = key.Derive(DrawPurpose).CreateStream();
        var (point, moved, order) = (new double[dimensions], new double[dimensions], new int[dimensions]);
        var rate = Math.Min(1, MostPerturbed / dimensions);
        for (var i = 0; i < count; i++)
        {
            if (sequence is not null)
                sequence.GetPoint(i, point);
            else
                stream.Fill(point);
            Perturb(box, rate, point, moved, order, ref stream);
            if (space.Decode(moved) is var candidate && space.IsLegal(candidate) && box.Contains(candidate))
                candidates.Add(candidate);
        }

        candidates.AddRange(space.Neighbours(center).Where(box.Contains));
        return candidates;
    }

    private static void Perturb(
        TrustRegionBox box, double rate, ReadOnlySpan<double> point, Span<double> moved, Span<int> order, ref RandomStream stream)
    {
        box.Center.CopyTo(moved);
        for (var i = 0; i < order.Length; i++)
            order[i] = i;

        // In a random order, so that the Hamming ball favours no category.
        stream.Shuffle(order);
        var categories = 0;
        for (var k = 0; k < order.Length; k++)
        {
            var i = order[k];
            if (stream.NextDouble() >= rate && k > 0)
                continue;
            if (!box.IsNumber(i))
            {
                if (categories++ < box.Radius)
                    moved[i] = point[i];
                continue;
            }

            var end = stream.NextDouble() / AtBound;
            moved[i] = end < 1 && box.Lower[i] == 0 ? 0
                : end is >= 1 and < 2 && box.Upper[i] == 1 ? 1
                : box.Lower[i] + (point[i] * (box.Upper[i] - box.Lower[i]));
        }
    }
}
