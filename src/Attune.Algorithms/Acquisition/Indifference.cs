namespace Attune.Algorithms.Acquisition;

/// <summary>No preference: 0 everywhere. It stands for the improvement as long as no trial is feasible that could be improved on.</summary>
internal sealed class Indifference : IFeatureFunction
{
    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values) => values.Clear();

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        gradient[..columns.Length].Clear();
        return 0;
    }
}
