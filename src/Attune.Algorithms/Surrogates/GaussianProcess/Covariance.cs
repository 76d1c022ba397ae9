namespace Attune.Algorithms.Surrogates;

/// <summary>The covariances of a growing list of points with others, under one set of hyperparameters.</summary>
internal sealed class Covariance
{
    private readonly Kernel _kernel;
    private readonly FeatureColumns _points;
    private readonly InputWarping? _warping;

    /// <summary>Takes points.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="smoothness">The correlation.</param>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="features">n rows of features, row-major.</param>
    internal Covariance(KernelFeatures map, Smoothness smoothness, Hyperparameters parameters, ReadOnlySpan<double> features)
    {
        _warping = InputWarping.Of(map, parameters);
        _points = new(map.Columns, Warp(features, _warping is null ? [] : new double[features.Length]));
        _kernel = new(map, smoothness, parameters, _points);
    }

    internal Hyperparameters Parameters => _kernel.Parameters;

    /// <summary>The number of points.</summary>
    internal int Count => _points.Count;

    /// <summary>Takes one more point.</summary>
    internal void Append(ReadOnlySpan<double> features)
    {
        Span<double> warped = stackalloc double[_points.Columns];
        _points.Append(Warp(features, warped));
        _kernel.Separate(Count - 1);
    }

    /// <summary>Rows of features as the kernel sees them.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="scratch">As many numbers.</param>
    internal ReadOnlySpan<double> Warp(ReadOnlySpan<double> features, Span<double> scratch)
    {
        if (_warping is null)
            return features;
        _warping.Apply(features, scratch);
        return scratch;
    }

    /// <summary>The derivative of a feature as the kernel sees it by the feature.</summary>
    internal double Slope(ReadOnlySpan<double> features, int column) => _warping?.Slope(column, features[column]) ?? 1;

    /// <summary>The features of one of the points, as the kernel sees them.</summary>
    internal void CopyPoint(int index, Span<double> features) => _points.CopyPoint(index, features);

    /// <summary>The covariance matrix with the noise on its diagonal, row-major; the lower triangle is filled.</summary>
    internal void Fill(Span<double> matrix)
    {
        var n = Count;
        Span<double> point = stackalloc double[_points.Columns];
        for (var i = 0; i < n; i++)
        {
            _points.CopyPoint(i, point);
            _kernel.Evaluate(point, matrix.Slice(i * n, i));
            matrix[(i * n) + i] = Parameters.Variance + Parameters.Noise;
        }
    }

    /// <summary>The covariances of a point with the first points.</summary>
    /// <param name="point">Its features.</param>
    /// <param name="covariances">Receives as many covariances as it has room for, at most <see cref="Count"/>
    /// up to a multiple of <see cref="FeatureColumns.Lanes"/>; what is beyond the last point means nothing.</param>
    internal void With(ReadOnlySpan<double> point, Span<double> covariances)
    {
        if (_warping is null)
        {
            _kernel.Evaluate(point, covariances);
            return;
        }

        Span<double> warped = stackalloc double[_points.Columns];
        _kernel.Evaluate(Warp(point, warped), covariances);
    }

    /// <summary>The covariances of a point with all points, and what their gradients are made of.</summary>
    /// <param name="point">Its features.</param>
    /// <param name="covariances">Receives <see cref="Count"/> covariances up to a multiple of <see cref="FeatureColumns.Lanes"/>.</param>
    /// <param name="slopes">Receives as many slopes for each part of the kernel; see <see cref="Kernel.Evaluate"/>.</param>
    internal void With(ReadOnlySpan<double> point, Span<double> covariances, Span<double> slopes)
    {
        if (_warping is null)
        {
            _kernel.Evaluate(point, covariances, slopes: slopes);
            return;
        }

        Span<double> warped = stackalloc double[_points.Columns];
        _kernel.Evaluate(Warp(point, warped), covariances, slopes: slopes);
    }

    /// <summary>Σ_j weights[j] ∂k(x, x_j)/∂x_c for two sets of weights, from the slopes at x; see
    /// <see cref="Kernel.Differentiate"/>.</summary>
    internal (double Left, double Right) Gradient(
        ReadOnlySpan<double> point, int column, ReadOnlySpan<double> left, ReadOnlySpan<double> right, ReadOnlySpan<double> slopes)
    {
        if (_warping is null)
            return _kernel.Differentiate(point, column, left, right, slopes);
        Span<double> warped = stackalloc double[_points.Columns];
        var (byLeft, byRight) = _kernel.Differentiate(Warp(point, warped), column, left, right, slopes);
        var slope = Slope(point, column);
        return (slope * byLeft, slope * byRight);
    }

    /// <summary>Σ_j weights[j] ∂k(x, x_j)/∂x_c, from the slopes at x.</summary>
    internal double Gradient(ReadOnlySpan<double> point, int column, ReadOnlySpan<double> weights, ReadOnlySpan<double> slopes) =>
        Gradient(point, column, weights, weights, slopes).Left;
}
