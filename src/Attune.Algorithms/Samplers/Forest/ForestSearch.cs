using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Maximises the acquisition function of a forest, which is constant on pieces and so has no gradient: quasi-random candidates, and from
/// the best of them and from the best trials a local search over neighbours (F. Hutter, H. H. Hoos, K. Leyton-Brown, LION 2011, section
/// 4.3).
/// </summary>
/// <param name="model">The forest.</param>
/// <param name="isAllowed">Whether a legal configuration may be proposed: not when it was tried already.</param>
internal sealed class ForestSearch(ForestModel model, Func<Configuration, bool> isAllowed)
{
    private const int Climbers = 5;
    private const int Steps = 12;
    private const int MostNeighbours = 80;

    private static readonly double[] Scales = [0.2, 0.2, 0.05, 0.02];

    private readonly SearchSpace _space = model.Space;

    /// <summary>The best configuration found; null when none is allowed or the model tells none from another.</summary>
    internal Configuration? Maximize(IReadOnlyList<Configuration> candidates, RandomKey key)
    {
        var ranked = Rank(candidates, model.Evaluate(candidates));
        (Configuration? Configuration, double Value) best = (null, double.NegativeInfinity);
        foreach (var candidate in ranked)
        {
            if (!isAllowed(candidate.Configuration))
                continue;
            best = candidate;
            break;
        }

        var starts = ranked.DistinctBy(pair => pair.Configuration).Take(Climbers)
            .Concat(Rank(model.Best, model.Evaluate(model.Best))).ToArray();
        var stream = key.CreateStream();
        Climb(starts, ref stream, ref best);
        return double.IsFinite(best.Value) ? best.Configuration : null;
    }

    /// <summary>The best of a complete list.</summary>
    internal Configuration? Best(IReadOnlyList<Configuration> everything)
    {
        var best = Rank(everything, model.Evaluate(everything)).FirstOrDefault(pair => isAllowed(pair.Configuration));
        return double.IsFinite(best.Value) ? best.Configuration : null;
    }

    // A stable order: ties go to the earlier configuration.
    private static (Configuration Configuration, double Value)[] Rank(IReadOnlyList<Configuration> configurations, double[] values) =>
        [.. Enumerable.Range(0, values.Length).Select(i => (configurations[i], values[i])).OrderByDescending(pair => pair.Item2)];

    private void Climb(
        (Configuration Configuration, double Value)[] climbers, ref RandomStream stream,
        ref (Configuration? Configuration, double Value) best)
    {
        var (neighbours, owners) = (new List<Configuration>(), new List<int>());
        var isClimbing = Enumerable.Repeat(true, climbers.Length).ToArray();
        for (var step = 0; step < Steps && isClimbing.Contains(true); step++)
        {
            neighbours.Clear();
            owners.Clear();
            for (var climber = 0; climber < climbers.Length; climber++)
            {
                if (!isClimbing[climber])
                    continue;
                isClimbing[climber] = false;
                AddNeighbours(climbers[climber].Configuration, ref stream, neighbours);
                while (owners.Count < neighbours.Count)
                    owners.Add(climber);
            }

            // All climbers' neighbours go through the trees together.
            var values = model.Evaluate(neighbours);
            for (var i = 0; i < values.Length; i++)
            {
                if (!(values[i] > climbers[owners[i]].Value) || !isAllowed(neighbours[i]))
                    continue;
                climbers[owners[i]] = (neighbours[i], values[i]);
                isClimbing[owners[i]] = true;
                if (values[i] > best.Value)
                    best = climbers[owners[i]];
            }
        }
    }

    private void AddNeighbours(Configuration center, ref RandomStream stream, List<Configuration> neighbours)
    {
        var unit = new double[_space.Dimensions];
        _space.Encode([center], unit);
        var order = new int[_space.Dimensions];
        stream.Permutation(order);
        var added = 0;
        foreach (var index in order)
        {
            if (double.IsNaN(center.Numbers[index]) || added >= MostNeighbours)
                continue;
            var parameter = _space.Parameters[index];
            var isCategorical = parameter.Kind == ParameterKind.Categorical;
            for (var k = 0; k < (isCategorical ? parameter.Count!.Value : Scales.Length); k++)
            {
                // What would leave the interval lands on its end: many optima lie in corners.
                var number = isCategorical ? parameter.NumberAt(k)
                    : parameter.FromUnit(Math.Clamp(unit[index] + (Scales[k] * stream.NextNormal()), 0, 1));
                if (number == center.Numbers[index] || _space.Move(center, index, number) is not { } moved || !_space.IsLegal(moved))
                    continue;
                neighbours.Add(moved);
                added++;
            }
        }
    }
}
