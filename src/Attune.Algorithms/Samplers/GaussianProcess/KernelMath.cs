using System.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The inner loops of the kernel. Sums are taken in an order that depends on the vector width alone, never on where memory
/// lies.</summary>
internal static class KernelMath
{
    private static readonly double SqrtFive = Math.Sqrt(5);

    /// <summary>The Matérn correlation with ν = 5/2: (1 + √5 r + 5r²/3) exp(−√5 r), for r² ≥ 0.</summary>
    internal static double Correlation(double squaredDistance)
    {
        var scaled = SqrtFive * Math.Sqrt(squaredDistance);
        return (1 + scaled + (5.0 / 3 * squaredDistance)) * Math.Exp(-scaled);
    }

    /// <summary>−2 times the derivative of <see cref="Correlation"/> by r²: (5/3)(1 + √5 r) exp(−√5 r).</summary>
    internal static double Slope(double squaredDistance)
    {
        var scaled = SqrtFive * Math.Sqrt(squaredDistance);
        return 5.0 / 3 * (1 + scaled) * Math.Exp(-scaled);
    }

    /// <summary>sums[j] += (column[j] − value)².</summary>
    internal static void AddSquaredDifferences(ReadOnlySpan<double> column, double value, Span<double> sums)
    {
        var j = 0;
        var values = new Vector<double>(value);
        for (; j <= sums.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            var difference = new Vector<double>(column[j..]) - values;
            (new Vector<double>(sums[j..]) + (difference * difference)).CopyTo(sums[j..]);
        }

        for (; j < sums.Length; j++)
            sums[j] += (column[j] - value) * (column[j] - value);
    }

    /// <summary>Σ weights[j] (column[j] − value)².</summary>
    internal static double WeightedSquaredDifferences(ReadOnlySpan<double> column, double value, ReadOnlySpan<double> weights)
    {
        var j = 0;
        var (values, sums) = (new Vector<double>(value), Vector<double>.Zero);
        for (; j <= weights.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            var difference = new Vector<double>(column[j..]) - values;
            sums += new Vector<double>(weights[j..]) * difference * difference;
        }

        var sum = Vector.Sum(sums);
        for (; j < weights.Length; j++)
            sum += weights[j] * (column[j] - value) * (column[j] - value);
        return sum;
    }

    /// <summary>Σ weights[j] (value − column[j]).</summary>
    internal static double WeightedDifferences(ReadOnlySpan<double> column, double value, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var j = 0; j < weights.Length; j++)
            sum += weights[j] * (value - column[j]);
        return sum;
    }

    /// <summary>Σ left[j] right[j].</summary>
    internal static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var j = 0;
        var (first, second) = (Vector<double>.Zero, Vector<double>.Zero);
        for (; j <= left.Length - (2 * Vector<double>.Count); j += 2 * Vector<double>.Count)
        {
            first += new Vector<double>(left[j..]) * new Vector<double>(right[j..]);
            second += new Vector<double>(left[(j + Vector<double>.Count)..]) * new Vector<double>(right[(j + Vector<double>.Count)..]);
        }

        var sum = Vector.Sum(first + second);
        for (; j < left.Length; j++)
            sum += left[j] * right[j];
        return sum;
    }
}
