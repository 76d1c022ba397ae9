using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of a product: the sum of functions on a logarithmic scale.</summary>
internal sealed class Product(params IReadOnlyList<IFeatureFunction> factors) : IFeatureFunction
{
    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        factors[0].Evaluate(features, values);
        if (factors.Count == 1)
            return;
        var factor = new double[values.Length];
        foreach (var function in factors.Skip(1))
        {
            function.Evaluate(features, factor);
            VectorMath.AddScaled(factor, 1, values);
        }
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        var value = factors[0].Evaluate(features, columns, gradient);
        Span<double> slopes = stackalloc double[columns.Length];
        for (var j = 1; j < factors.Count; j++)
        {
            value += factors[j].Evaluate(features, columns, slopes);
            for (var c = 0; c < columns.Length; c++)
                gradient[c] += slopes[c];
        }

        return value;
    }
}
