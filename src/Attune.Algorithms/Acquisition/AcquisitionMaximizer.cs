using Attune.Numerics;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// Maximises an acquisition function over legal configurations: the best candidates climb by turns along the gradient of their active
/// numbers and by discrete moves.
/// </summary>
/// <param name="model">The function.</param>
/// <param name="isAllowed">Whether a legal configuration may be proposed: not when it was tried already.</param>
/// <param name="box">For each parameter the ends in the unit interval between which numbers climb; null for 0 and 1.</param>
internal sealed class AcquisitionMaximizer(
    AcquisitionModel model, Func<Configuration, bool> isAllowed, (double[] Lower, double[] Upper)? box = null)
{
    private const int Climbers = 5;
    private const int Leaders = 2;
    private const int MostBranches = 6;
    private const int Rounds = 4;
    private const int Halvings = 5;
    private const int MostMoves = 300;
    private const int FewValues = 8;
    private const double LeastGain = 1e-6;

    private static readonly BoundedMinimizerOptions Climbing = new()
    {
        MaxIterations = 40, MaxEvaluations = 60, GradientTolerance = 1e-6, ValueTolerance = 1e-9,
    };

    private readonly SearchSpace _space = model.Map.Space;

    /// <summary>The best configuration found and its value; null when no candidate is allowed.</summary>
    internal (Configuration Configuration, double Value)? Maximize(IReadOnlyList<Configuration> candidates)
    {
        if (candidates.Count == 0)
            return null;
        var all = candidates.ToArray();
        var values = Evaluate(all);

        // A stable order: ties go to the earlier candidate.
        var order = Enumerable.Range(0, all.Length).ToArray();
        Array.Sort(order, (left, right) => values[right].CompareTo(values[left]) is not 0 and var by ? by : left.CompareTo(right));
        var allowed = order.Where(i => isAllowed(all[i]));
        var starts = allowed.DistinctBy(i => all[i]).Take(Climbers).ToList();
        if (starts.Count == 0)
            return null;
        if (_space.IsConditional)
            starts = [.. starts.Union(allowed.DistinctBy(i => Branch(all[i])).Take(MostBranches))];
        return Climb(starts.ConvertAll(i => (all[i], values[i])));
    }

    /// <summary>The best of a complete list, without climbing.</summary>
    internal (Configuration Configuration, double Value)? Best(IReadOnlyList<Configuration> everything)
    {
        var allowed = everything.Where(isAllowed).ToArray();
        if (allowed.Length == 0)
            return null;
        var values = Evaluate(allowed);
        return Enumerable.Range(0, allowed.Length).Select(i => (allowed[i], values[i])).MaxBy(pair => pair.Item2);
    }

    private double[] Evaluate(ReadOnlySpan<Configuration> configurations)
    {
        var values = new double[configurations.Length];
        model.Evaluate(model.Map.Encode(configurations), values);
        return values;
    }

    /// <summary>Which parameters are active.</summary>
    private UInt128 Branch(Configuration configuration)
    {
        UInt128 mask = 0;
        for (var i = 0; i < _space.Dimensions; i++)
        {
            if (!double.IsNaN(configuration.Numbers[i]))
                mask ^= UInt128.One << (i % 128);
        }

        return mask;
    }

    /// <summary>A round for each start, and more for those that lead after it: most climbers end on the same few tops.</summary>
    private (Configuration Configuration, double Value) Climb(List<(Configuration Configuration, double Value)> starts)
    {
        var ends = starts.ConvertAll(ClimbOnce);
        var leaders = ends.OrderByDescending(end => end.Value).DistinctBy(end => end.Configuration).Take(Leaders).ToList();
        for (var round = 1; round < Rounds && leaders.Count > 0; round++)
        {
            var climbed = leaders.ConvertAll(ClimbOnce);
            ends.AddRange(climbed);
            leaders = [.. climbed.Where((end, i) => end.Value > leaders[i].Value + LeastGain)];
        }

        return ends.MaxBy(end => end.Value);
    }

    private (Configuration Configuration, double Value) ClimbOnce((Configuration Configuration, double Value) start)
    {
        var (configuration, value) = ClimbNumbers(start.Configuration, start.Value);
        return ClimbMoves(configuration, value);
    }

    private (Configuration Configuration, double Value) ClimbNumbers(Configuration configuration, double value)
    {
        var numbers = Enumerable.Range(0, _space.Dimensions)
            .Where(i => !double.IsNaN(configuration.Numbers[i]) && _space.Parameters[i] is NumericParameter { Count: null or > FewValues })
            .ToArray();
        if (numbers.Length == 0)
            return (configuration, value);
        var columns = numbers.Select(model.Map.ColumnOf).ToArray();
        var features = model.Map.Encode([configuration]);
        var (start, end, upper) = (new double[numbers.Length], new double[numbers.Length], new double[numbers.Length]);
        for (var k = 0; k < numbers.Length; k++)
            start[k] = end[k] = features[columns[k]];
        var lower = new double[numbers.Length];
        for (var k = 0; k < numbers.Length; k++)
            (lower[k], upper[k]) = box is { } ends ? (ends.Lower[numbers[k]], ends.Upper[numbers[k]]) : (0, 1);
        new BoundedMinimizer(numbers.Length, Climbing).Minimize(Descend, end, lower, upper);
        return Retreat(configuration, value, numbers, start, end);

        double Descend(ReadOnlySpan<double> point, Span<double> gradient)
        {
            for (var k = 0; k < columns.Length; k++)
                features[columns[k]] = point[k];
            var acquired = model.Evaluate(features, columns, gradient);
            for (var k = 0; k < columns.Length; k++)
                gradient[k] = -gradient[k];
            return -acquired;
        }
    }

    /// <summary>The point that was climbed to or, where it is not legal, one on the way there, if it is better than the start.</summary>
    private (Configuration Configuration, double Value) Retreat(
        Configuration configuration, double value, int[] numbers, double[] start, double[] end)
    {
        var unit = new double[_space.Dimensions];
        _space.Encode([configuration], unit);
        var share = 1.0;
        for (var halving = 0; halving < Halvings; halving++)
        {
            for (var k = 0; k < numbers.Length; k++)
                unit[numbers[k]] = start[k] + (share * (end[k] - start[k]));
            var reached = _space.Decode(unit);
            if (_space.IsLegal(reached) && isAllowed(reached))
            {
                var there = Evaluate([reached])[0];
                return there > value ? (reached, there) : (configuration, value);
            }

            share /= 2;
        }

        return (configuration, value);
    }

    private (Configuration Configuration, double Value) ClimbMoves(Configuration configuration, double value)
    {
        var moves = _space.Neighbours(configuration).Concat(Leaps(configuration)).Where(isAllowed).Take(MostMoves).ToArray();
        if (moves.Length == 0)
            return (configuration, value);
        var values = Evaluate(moves);
        var best = Enumerable.Range(0, moves.Length).MaxBy(i => values[i]);
        return values[best] > value ? (moves[best], values[best]) : (configuration, value);
    }

    /// <summary>Longer moves: of integers and stepped floats with many values, and of every number to its bounds.</summary>
    private IEnumerable<Configuration> Leaps(Configuration configuration)
    {
        for (var i = 0; i < _space.Dimensions; i++)
        {
            var (parameter, number) = (_space.Parameters[i], configuration.Numbers[i]);
            if (parameter is not NumericParameter numeric || double.IsNaN(number))
                continue;
            foreach (var bound in new[] { numeric.FromUnit(0), numeric.FromUnit(1) })
            {
                if (bound != number && _space.Move(configuration, i, bound) is var moved && _space.IsLegal(moved))
                    yield return moved;
            }

            if (numeric.Count is not (> 4 and var count))
                continue;
            for (var leap = 2L; leap < count; leap *= 4)
            {
                foreach (var index in new[] { parameter.IndexOf(number) - leap, parameter.IndexOf(number) + leap })
                {
                    if (index >= 0 && index < count && _space.Move(configuration, i, parameter.NumberAt(index)) is var moved
                        && _space.IsLegal(moved))
                        yield return moved;
                }
            }
        }
    }
}
