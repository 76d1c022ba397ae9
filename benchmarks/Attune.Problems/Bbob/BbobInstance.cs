using System.Collections.Immutable;
using Attune.Numerics;

namespace Attune.Problems;

/// <summary>What is drawn at random for one BBOB function in one dimension: where its optimum lies, its value there, two rotations, and
/// signs.</summary>
/// <remarks>Drawn from Attune's own keyed numbers: the functions are those of the definitions, the instances are not those of other
/// implementations, so results on one are not to be set beside results on another.</remarks>
internal sealed class BbobInstance
{
    /// <summary>Draws.</summary>
    /// <param name="function">The number of the function, from 1 to 24.</param>
    /// <param name="dimensions">At least 2.</param>
    internal BbobInstance(int function, int dimensions)
    {
        var random = Stream(function, dimensions);
        Dimensions = dimensions;
        Optimum = DrawOptimum(ref random);
        Signs = [.. Draw(dimensions, ref random).Select(value => value < 0.5 ? -1.0 : 1.0)];
        Center = [.. Draw(dimensions, ref random).Select(value => (8 * value) - 4)];
        R = BbobTransforms.Rotation(dimensions, ref random);
        Q = BbobTransforms.Rotation(dimensions, ref random);
        Peaks = [.. Enumerable.Range(0, 101).Select(_ => Draw(dimensions, ref random))];
        PeakOrders = [.. Enumerable.Range(0, 101).Select(_ => Order(dimensions, ref random))];
        PeakConditions = Order(100, ref random);
    }

    internal int Dimensions { get; }

    /// <summary>The value at the optimum.</summary>
    internal double Optimum { get; }

    /// <summary>−1 or 1 for each dimension.</summary>
    internal double[] Signs { get; }

    /// <summary>A point of [−4, 4]ⁿ, where most functions have their optimum.</summary>
    internal double[] Center { get; }

    internal double[][] R { get; }

    internal double[][] Q { get; }

    /// <summary>Points of the unit cube, for Gallagher's peaks.</summary>
    internal ImmutableArray<double[]> Peaks { get; }

    /// <summary>A permutation of the dimensions for each peak.</summary>
    internal ImmutableArray<int[]> PeakOrders { get; }

    /// <summary>A permutation of 100 conditions of peaks.</summary>
    internal int[] PeakConditions { get; }

    /// <summary>The value at the optimum, without the rest.</summary>
    internal static double OptimumOf(int function, int dimensions)
    {
        var random = Stream(function, dimensions);
        return DrawOptimum(ref random);
    }

    private static RandomStream Stream(int function, int dimensions) =>
        RandomKey.FromSeed((ulong)function).Derive((uint)dimensions, 0, RandomKey.Purpose("bbob")).CreateStream();

    // As in the definitions (RR-6829, §0.1): a ratio of normal numbers, to two decimals, not beyond ±1000.
    private static double DrawOptimum(ref RandomStream random) =>
        Math.Round(Math.Clamp(100 * random.NextNormal() / random.NextNormal(), -1000, 1000), 2);

    private static double[] Draw(int count, ref RandomStream random)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = random.NextDouble();
        return values;
    }

    private static int[] Order(int count, ref RandomStream random)
    {
        var keys = Draw(count, ref random);
        return [.. Enumerable.Range(0, count).OrderBy(i => keys[i])];
    }
}
