using Attune.Numerics;

namespace Attune.Problems;

/// <summary>The transformations of the BBOB functions: N. Hansen, S. Finck, R. Ros, A. Auger, Real-parameter black-box optimization
/// benchmarking 2009: noiseless functions definitions, INRIA RR-6829, §0.2.</summary>
internal static class BbobTransforms
{
    /// <summary>T_osz: smooth local irregularities, with the sign and the order of values kept.</summary>
    internal static double Oscillate(double x)
    {
        if (x == 0)
            return 0;
        var log = Math.Log(Math.Abs(x));
        var (c1, c2) = x > 0 ? (10.0, 7.9) : (5.5, 3.1);
        return Math.Sign(x) * Math.Exp(log + (0.049 * (Math.Sin(c1 * log) + Math.Sin(c2 * log))));
    }

    internal static double[] Oscillate(double[] x) => Array.ConvertAll(x, Oscillate);

    /// <summary>T_asy: breaks the symmetry between positive and negative values.</summary>
    internal static double[] Skew(double[] x, double beta)
    {
        var skewed = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            skewed[i] = x[i] > 0 ? Math.Pow(x[i], 1 + (beta * Share(i, x.Length) * Math.Sqrt(x[i]))) : x[i];
        return skewed;
    }

    /// <summary>Λ^α: scales the axes, the last by √α.</summary>
    internal static double[] Stretch(double[] x, double alpha)
    {
        var stretched = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
            stretched[i] = x[i] * Math.Pow(alpha, 0.5 * Share(i, x.Length));
        return stretched;
    }

    /// <summary>f_pen: 0 inside the box [−5, 5]ⁿ.</summary>
    internal static double Penalty(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x)
            sum += Math.Pow(Math.Max(0, Math.Abs(value) - 5), 2);
        return sum;
    }

    /// <summary>(i − 1) / (D − 1) for i from 1, here from 0.</summary>
    internal static double Share(int i, int dimensions) => (double)i / (dimensions - 1);

    internal static double[] Rotate(double[][] matrix, double[] x)
    {
        var rotated = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < x.Length; j++)
                rotated[i] += matrix[i][j] * x[j];
        }

        return rotated;
    }

    internal static double[] RotateBack(double[][] matrix, double[] x)
    {
        var rotated = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < x.Length; j++)
                rotated[j] += matrix[i][j] * x[i];
        }

        return rotated;
    }

    /// <summary>A random rotation: Gram and Schmidt's orthonormalisation of normal vectors.</summary>
    internal static double[][] Rotation(int dimensions, ref RandomStream random)
    {
        var rows = new double[dimensions][];
        for (var i = 0; i < dimensions; i++)
        {
            rows[i] = new double[dimensions];
            for (var j = 0; j < dimensions; j++)
                rows[i][j] = random.NextNormal();
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < i; other++)
                    Subtract(rows[i], rows[other]);
            }

            var length = Math.Sqrt(rows[i].Sum(value => value * value));
            for (var j = 0; j < dimensions; j++)
                rows[i][j] /= length;
        }

        return rows;
    }

    private static void Subtract(double[] row, double[] other)
    {
        var product = row.Zip(other, (left, right) => left * right).Sum();
        for (var j = 0; j < row.Length; j++)
            row[j] -= product * other[j];
    }
}
