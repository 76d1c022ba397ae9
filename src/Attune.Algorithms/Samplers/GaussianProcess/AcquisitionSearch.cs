using Attune.Algorithms.Acquisition;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Maximises an acquisition function over legal configurations: the best candidates climb by turns along the gradient of their active
/// floats and by discrete moves.
/// </summary>
/// <param name="model">The Gaussian process.</param>
/// <param name="acquisition">The acquisition function.</param>
/// <param name="map">The features of configurations.</param>
/// <param name="isAllowed">Whether a legal configuration may be proposed: not when it was tried already.</param>
internal sealed class AcquisitionSearch(
    GaussianProcess model, IAcquisition acquisition, FeatureMap map, Func<Configuration, bool> isAllowed)
{
    private const int Climbers = 4;
    private const int Rounds = 3;
    private const int Halvings = 5;
    private const int MostMoves = 200;
    private const double LeastGain = 1e-9;

    private static readonly BoundedMinimizerOptions Climbing = new()
    {
        MaxIterations = 30, MaxEvaluations = 50, GradientTolerance = 1e-6, ValueTolerance = 1e-10,
    };

    private readonly SearchSpace _space = map.Space;

    /// <summary>The best configuration found and its value; null when no candidate is allowed.</summary>
    internal (Configuration Configuration, double Value)? Maximize(IReadOnlyList<Configuration> candidates)
    {
        var allowed = candidates.Where(isAllowed).ToArray();
        if (allowed.Length == 0)
            return null;
        var values = Evaluate(allowed);

        // A stable order: ties go to the earlier candidate.
        var order = Enumerable.Range(0, allowed.Length).OrderByDescending(i => values[i]).ThenBy(i => i);
        var starts = order.Select(i => (Configuration: allowed[i], Value: values[i])).DistinctBy(start => start.Configuration)
            .Take(Climbers);
        return starts.Select(start => Climb(start.Configuration, start.Value)).MaxBy(end => end.Value);
    }

    /// <summary>The best of a complete list, without climbing.</summary>
    internal (Configuration Configuration, double Value)? Best(IReadOnlyList<Configuration> everything)
    {
        var allowed = everything.Where(isAllowed).ToArray();
        var values = Evaluate(allowed);
        return allowed.Length == 0 ? null
            : Enumerable.Range(0, allowed.Length).Select(i => (allowed[i], values[i])).MaxBy(pair => pair.Item2);
    }

    private double[] Evaluate(Configuration[] configurations)
    {
        var features = new double[configurations.Length][];
        for (var i = 0; i < features.Length; i++)
        {
            features[i] = new double[map.Columns];
            map.Encode(configurations[i], features[i]);
        }

        var (means, variances) = (new double[features.Length], new double[features.Length]);
        model.Predict(features, means, variances);
        for (var i = 0; i < features.Length; i++)
            means[i] = acquisition.Value(means[i], Math.Sqrt(variances[i]));
        return means;
    }

    private (Configuration Configuration, double Value) Climb(Configuration configuration, double value)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = value;
            (configuration, value) = ClimbFloats(configuration, value);
            (configuration, value) = ClimbMoves(configuration, value);
            if (value <= before + LeastGain)
                break;
        }

        return (configuration, value);
    }

    private (Configuration Configuration, double Value) ClimbFloats(Configuration configuration, double value)
    {
        var floats = Enumerable.Range(0, _space.Dimensions)
            .Where(i => !_space.Parameters[i].IsDiscrete && !double.IsNaN(configuration.Numbers[i])).ToArray();
        if (floats.Length == 0)
            return (configuration, value);
        var columns = floats.Select(map.ColumnOf).ToArray();
        var features = new double[map.Columns];
        map.Encode(configuration, features);
        var (start, end, upper) = (new double[floats.Length], new double[floats.Length], new double[floats.Length]);
        for (var k = 0; k < floats.Length; k++)
            start[k] = end[k] = features[columns[k]];
        Array.Fill(upper, 1);
        var varianceGradient = new double[floats.Length];
        new BoundedMinimizer(floats.Length, Climbing).Minimize(Descend, end, new double[floats.Length], upper);
        return Retreat(configuration, value, floats, start, end);

        double Descend(ReadOnlySpan<double> point, Span<double> gradient)
        {
            for (var k = 0; k < columns.Length; k++)
                features[columns[k]] = point[k];
            var (mean, variance) = model.Predict(features, columns, gradient, varianceGradient);
            var deviation = Math.Sqrt(variance);
            var level = acquisition.Value(mean, deviation, out var byMean, out var byDeviation);
            var byVariance = deviation > 0 ? byDeviation / (2 * deviation) : 0;
            for (var k = 0; k < columns.Length; k++)
                gradient[k] = -((byMean * gradient[k]) + (byVariance * varianceGradient[k]));
            return -level;
        }
    }

    /// <summary>The point that was climbed to or, where it is not legal, one on the way there, if it is better than the start.</summary>
    private (Configuration Configuration, double Value) Retreat(
        Configuration configuration, double value, int[] floats, double[] start, double[] end)
    {
        var unit = new double[_space.Dimensions];
        _space.Encode([configuration], unit);
        var share = 1.0;
        for (var halving = 0; halving < Halvings; halving++)
        {
            for (var k = 0; k < floats.Length; k++)
                unit[floats[k]] = start[k] + (share * (end[k] - start[k]));
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

    /// <summary>Longer moves of integers and stepped floats with many values.</summary>
    private IEnumerable<Configuration> Leaps(Configuration configuration)
    {
        for (var i = 0; i < _space.Dimensions; i++)
        {
            var (parameter, number) = (_space.Parameters[i], configuration.Numbers[i]);
            if (parameter is not NumericParameter { Count: > 4 and var count } || double.IsNaN(number))
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
