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

    /// <summary>sums[j] += factor values[j].</summary>
    internal static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var j = 0;
        for (; j <= sums.Length - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(sums[j..]) + (new Vector<double>(values[j..]) * factor)).CopyTo(sums[j..]);
        for (; j < sums.Length; j++)
            sums[j] += values[j] * factor;
    }
}
