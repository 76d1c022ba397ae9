using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

/// <summary>A small mixed space with data, and the equations of a Gaussian process written out with a dense inverse.</summary>
public static class ReferenceProcess
{
    internal static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Int("n", 1, 9)
        .Categorical("kind", ["a", "b", "c"])
        .Float("y", 0, 1, when: "kind == 'a'")
        .Build();

    internal static readonly KernelFeatures Map = new(Space);

    public static TheoryData<Smoothness, bool> Kernels() => new()
    {
        { Smoothness.Matern52, false }, { Smoothness.Matern52, true },
        { Smoothness.SquaredExponential, false }, { Smoothness.SquaredExponential, true },
    };

    internal static Hyperparameters Parameters(bool additive) => additive
        ? new([0.4, 0.9, 1.1, 0.7, 2], 1.7, [0.3, 0.5, 0.8, 0.6, 1.5], 0.9, 0.01)
        : new([0.4, 0.9, 1.1, 0.7, 2], 1.7, [], 0, 0.01);

    internal static (double[] Features, double[] Targets) Data(int count, ulong seed = 1)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var points = new Configuration[count];
        for (var i = 0; i < count; i++)
            points[i] = Space.Sample(ref stream);
        var features = Map.Encode(points);
        return (features, [.. Enumerable.Range(0, count).Select(i => Math.Sin(5 * Row(features, i)[0]) + Row(features, i)[2] + 0.5)]);
    }

    internal static double[] Row(double[] features, int row) => features[(row * Map.Columns)..((row + 1) * Map.Columns)];

    // Equations 4.9 and 4.17 of Rasmussen and Williams, written out.
    internal static double Kernel(Smoothness smoothness, Hyperparameters parameters, double[] left, double[] right)
    {
        var joint = parameters.Signal * Correlation(Enumerable.Range(0, Map.Columns)
            .Sum(c => Math.Pow((left[c] - right[c]) / parameters.Lengths[Map.Groups[c]], 2)));
        if (!parameters.IsAdditive)
            return joint;
        var parts = Enumerable.Range(0, Map.Columns).GroupBy(c => Map.Components[Map.Groups[c]]).Sum(columns => Correlation(
            columns.Sum(c => Math.Pow((left[c] - right[c]) / parameters.AdditiveLengths[Map.Groups[c]], 2))));
        return joint + (parameters.AdditiveSignal / 4 * parts);

        double Correlation(double squared)
        {
            var r = Math.Sqrt(squared);
            return smoothness == Smoothness.SquaredExponential ? Math.Exp(-squared / 2)
                : (1 + (Math.Sqrt(5) * r) + (5 * squared / 3)) * Math.Exp(-Math.Sqrt(5) * r);
        }
    }

    internal static double[,] Inverse(Smoothness smoothness, Hyperparameters parameters, double[] features)
    {
        var n = features.Length / Map.Columns;
        var a = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                a[i, j] = Kernel(smoothness, parameters, Row(features, i), Row(features, j)) + (i == j ? parameters.Noise : 0);
            a[i, n + i] = 1;
        }

        Eliminate(a, 2 * n);
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                inverse[i, j] = a[i, n + j];
        }

        return inverse;
    }

    internal static double LogDeterminant(double[,] matrix)
    {
        var copy = (double[,])matrix.Clone();
        return Eliminate(copy, copy.GetLength(1));
    }

    // Gauss–Jordan elimination; gives the logarithm of the determinant.
    private static double Eliminate(double[,] a, int width)
    {
        var (n, logarithm) = (a.GetLength(0), 0.0);
        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = a[pivot, pivot];
            logarithm += Math.Log(scale);
            for (var j = 0; j < width; j++)
                a[pivot, j] /= scale;
            for (var i = 0; i < n; i++)
            {
                var factor = i == pivot ? 0 : a[i, pivot];
                for (var j = 0; j < width && factor != 0; j++)
                    a[i, j] -= factor * a[pivot, j];
            }
        }

        return logarithm;
    }

    internal static double Bilinear(double[] left, double[,] matrix, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
                sum += left[i] * matrix[i, j] * right[j];
        }

        return sum;
    }
}
