using System.Buffers;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of a weighted sum of exponentials, log Σ_k exp(w_k + a_k(x)), of acquisition values on a logarithmic scale.
/// </summary>
internal sealed class LogMean(IReadOnlyList<(IFeatureFunction Function, double LogWeight)> terms) : IFeatureFunction
{
    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var scratch = ArrayPool<double>.Shared.Rent(values.Length);
        var term = scratch.AsSpan(0, values.Length);
        for (var k = 0; k < terms.Count; k++)
        {
            terms[k].Function.Evaluate(features, term);
            for (var i = 0; i < values.Length; i++)
                values[i] = k == 0 ? term[i] + terms[k].LogWeight : Add(values[i], term[i] + terms[k].LogWeight);
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var total = double.NegativeInfinity;
        Span<double> term = stackalloc double[columns.Length];
        gradient[..columns.Length].Clear();
        for (var k = 0; k < terms.Count; k++)
        {
            var value = terms[k].LogWeight + terms[k].Function.Evaluate(features, columns, term);
            var sum = k == 0 ? value : Add(total, value);
            var (before, share) = (k == 0 ? 0 : Share(total, sum), Share(value, sum));
            for (var c = 0; c < columns.Length; c++)
                gradient[c] = (before * gradient[c]) + (share * term[c]);
            total = sum;
        }

        return total;
    }

    internal static double Add(double left, double right)
    {
        var (low, high) = left < right ? (left, right) : (right, left);
        return double.IsNegativeInfinity(low) ? high : high + Math.Log(1 + Math.Exp(low - high));
    }

    private static double Share(double part, double total) => part == total ? 1 : Math.Exp(part - total);
}
