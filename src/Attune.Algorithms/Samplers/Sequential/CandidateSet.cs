using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// The configurations among which an acquisition function is compared first: scrambled Sobol' points over the whole space, and the
/// surroundings of the best trials at several scales.
/// </summary>
internal static class CandidateSet
{
    private const int SurroundingsPerTrial = 40;
    private const int MostNeighbours = 64;
    private const int FewLegal = 16;

    private static readonly double[] Scales = [0.2, 0.05, 0.01];

    private static readonly uint SequencePurpose = RandomKey.Purpose("candidate-sequence");
    private static readonly uint DrawPurpose = RandomKey.Purpose("candidate-draws");

    /// <summary>Legal configurations, perhaps with repetitions.</summary>
    /// <param name="space">The space.</param>
    /// <param name="count">How many points of the sequence to look at.</param>
    /// <param name="best">The best trials' configurations, the best first.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static List<Configuration> Make(SearchSpace space, int count, IReadOnlyList<Configuration> best, RandomKey key)
    {
        var candidates = new List<Configuration>(count + (best.Count * (SurroundingsPerTrial + MostNeighbours)));
        AddSequence(space, count, key.Derive(SequencePurpose), candidates);
        var stream = key.Derive(DrawPurpose).CreateStream();
        for (var i = candidates.Count; i < FewLegal; i++)
            candidates.Add(space.Sample(ref stream));
        foreach (var configuration in best)
            AddSurroundings(space, configuration, ref stream, candidates);
        return candidates;
    }

    private static void AddSequence(SearchSpace space, int count, RandomKey key, List<Configuration> candidates)
    {
        var (cube, point) = (new CubePoints(space.Dimensions, key), new double[space.Dimensions]);
        var hasPriors = space.Parameters.Any(parameter => parameter.Prior is not null);
        for (var i = 0; i < count; i++)
        {
            cube.Fill(i, point);

            // Priors say where to look more, never where not to look.
            Add(space, hasPriors && i % 2 == 0 ? space.DecodeByPrior(point) : space.Decode(point), candidates);
        }
    }

    private static void AddSurroundings(SearchSpace space, Configuration center, ref RandomStream stream, List<Configuration> candidates)
    {
        var neighbours = space.Neighbours(center).ToArray();
        if (neighbours.Length > MostNeighbours)
            stream.Shuffle<Configuration>(neighbours);
        candidates.AddRange(neighbours.Take(MostNeighbours));
        var (unit, moved) = (new double[space.Dimensions], new double[space.Dimensions]);
        space.Encode([center], unit);
        for (var i = 0; i < SurroundingsPerTrial; i++)
        {
            var scale = Scales[i % Scales.Length];
            var rate = Math.Max(1.0 / unit.Length, i % 2 == 0 ? 1 : 0.3);
            for (var j = 0; j < unit.Length; j++)
                moved[j] = Moved(space.Parameters[j], unit[j], scale, rate, ref stream);
            Add(space, space.Decode(moved), candidates);
        }
    }

    private static double Moved(Parameter parameter, double unit, double scale, double rate, ref RandomStream stream)
    {
        var (chance, draw) = (stream.NextDouble(), stream.NextOpenDouble());
        if (parameter.Kind == ParameterKind.Categorical)
            return chance < rate * scale ? draw : unit;
        return chance < rate ? Reflect(unit + (scale * NormalDistribution.Quantile(draw))) : unit;
    }

    private static double Reflect(double place)
    {
        var reflected = place < 0 ? -place : place > 1 ? 2 - place : place;
        return Math.Clamp(reflected, 0, 1);
    }

    private static void Add(SearchSpace space, Configuration candidate, List<Configuration> candidates)
    {
        if (space.IsLegal(candidate))
            candidates.Add(candidate);
    }
}
