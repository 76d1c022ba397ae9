using System.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Inner loops on spans. Sums are taken in an order that depends on the vector width alone, never on where memory lies.</summary>
internal static class VectorMath
{
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

    /// <summary>sums[j] += factor (column[j] − value)².</summary>
    internal static void AddSquares(ReadOnlySpan<double> column, double value, double factor, Span<double> sums)
    {
        var j = 0;
        var (values, factors) = (new Vector<double>(value), new Vector<double>(factor));
        for (; j <= sums.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            var difference = new Vector<double>(column[j..]) - values;
            (new Vector<double>(sums[j..]) + (difference * difference * factors)).CopyTo(sums[j..]);
        }

        for (; j < sums.Length; j++)
            sums[j] += (column[j] - value) * (column[j] - value) * factor;
    }

    /// <summary>Σ weights[j] slopes[j] (value − column[j]).</summary>
    internal static double WeightedDifferences(
        ReadOnlySpan<double> column, double value, ReadOnlySpan<double> weights, ReadOnlySpan<double> slopes)
    {
        var j = 0;
        var (values, sums) = (new Vector<double>(value), Vector<double>.Zero);
        for (; j <= weights.Length - Vector<double>.Count; j += Vector<double>.Count)
            sums += new Vector<double>(weights[j..]) * new Vector<double>(slopes[j..]) * (values - new Vector<double>(column[j..]));
        var sum = Vector.Sum(sums);
        for (; j < weights.Length; j++)
            sum += weights[j] * slopes[j] * (value - column[j]);
        return sum;
    }

    /// <summary>values[j] *= factor.</summary>
    internal static void Scale(Span<double> values, double factor)
    {
        var j = 0;
        for (; j <= values.Length - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(values[j..]) * factor).CopyTo(values[j..]);
        for (; j < values.Length; j++)
            values[j] *= factor;
    }

    /// <summary>sums[j] += factor values[j].</summary>
    internal static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var j = 0;
        for (; j <= sums.Length - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(sums[j..]) + (new Vector<double>(values[j..]) * factor)).CopyTo(sums[j..]);
        for (; j < sums.Length; j++)
            sums[j] += values[j] * factor;
    }

    /// <summary>product[j] = factor left[j] right[j].</summary>
    internal static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double factor, Span<double> product)
    {
        var j = 0;
        for (; j <= product.Length - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(left[j..]) * new Vector<double>(right[j..]) * factor).CopyTo(product[j..]);
        for (; j < product.Length; j++)
            product[j] = left[j] * right[j] * factor;
    }
}
