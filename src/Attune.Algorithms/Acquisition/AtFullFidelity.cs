namespace Attune.Algorithms.Acquisition;

/// <summary>A function of configuration and resource, at full fidelity: a function of the features of the configuration alone.</summary>
/// <param name="function">The function, whose last feature is the place of the resource.</param>
/// <param name="columns">The number of features of a configuration.</param>
internal sealed class AtFullFidelity(IFeatureFunction function, int columns) : IFeatureFunction
{
    private const double Whole = 1;

    private readonly double[] _point = new double[columns + 1];

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var points = new double[values.Length * (columns + 1)];
        for (var i = 0; i < values.Length; i++)
        {
            features.Slice(i * columns, columns).CopyTo(points.AsSpan(i * (columns + 1)));
            points[(i * (columns + 1)) + columns] = Whole;
        }

        function.Evaluate(points, values);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columnsToDifferentiate, Span<double> gradient)
    {
        features.CopyTo(_point);
        _point[columns] = Whole;
        return function.Evaluate(_point, columnsToDifferentiate, gradient);
    }
}
