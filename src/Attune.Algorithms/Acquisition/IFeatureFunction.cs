namespace Attune.Algorithms.Acquisition;

/// <summary>A function of the features of a point: an acquisition value of one model, or a factor of it, on a logarithmic scale.</summary>
internal interface IFeatureFunction
{
    /// <summary>Values of many points.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="values">Receives a value for each row; larger is better.</param>
    void Evaluate(ReadOnlySpan<double> features, Span<double> values);

    /// <summary>The value of a point, and its gradient by some of the features.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="columns">The columns to differentiate by.</param>
    /// <param name="gradient">Receives the derivatives, one for each of the columns.</param>
    double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient);
}
