using System.Buffers;

namespace Attune.Algorithms.Surrogates;

/// <summary>The covariances of a fixed list of points with others, under one set of hyperparameters.</summary>
/// <remarks>
/// k(x, x′) = σ² m(Σ_g d_g²/ℓ_g²) + (τ²/p) Σ_i m(Σ_g∈i d_g²/λ_g²), with d_g² the squared distance in the features of group g, m the
/// correlation, and p the number of parameters: a joint kernel with automatic relevance determination (C. E. Rasmussen, C. K. I.
/// Williams, Gaussian Processes for Machine Learning, 2006, section 5.1) plus a first-order additive one (D. Duvenaud, H. Nickisch, C. E.
/// Rasmussen, "Additive Gaussian processes", NeurIPS 2011, equation 3).
/// </remarks>
internal sealed class Covariance
{
    private readonly KernelFeatures _map;
    private readonly Smoothness _smoothness;
    private readonly double[] _inverse;
    private readonly double[] _additiveInverse;
    private readonly double _additiveShare;
    private readonly double[][] _columns;
    private double[] _scratch;

    /// <summary>Takes points.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="smoothness">The correlation.</param>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="features">n rows of features, row-major.</param>
    internal Covariance(KernelFeatures map, Smoothness smoothness, Hyperparameters parameters, ReadOnlySpan<double> features)
    {
        (_map, _smoothness, Parameters) = (map, smoothness, parameters);
        Count = features.Length / map.Columns;
        _inverse = Array.ConvertAll(parameters.Lengths, length => 1 / (length * length));
        _additiveInverse = Array.ConvertAll(parameters.AdditiveLengths, length => 1 / (length * length));
        _additiveShare = parameters.AdditiveSignal / map.Space.Dimensions;
        _columns = new double[map.Columns][];
        for (var c = 0; c < _columns.Length; c++)
        {
            _columns[c] = new double[Count + 16];
            for (var i = 0; i < Count; i++)
                _columns[c][i] = features[(i * map.Columns) + c];
        }

        _scratch = new double[4 * (Count + 16)];
    }

    internal Hyperparameters Parameters { get; }

    /// <summary>The number of points.</summary>
    internal int Count { get; private set; }

    /// <summary>Takes one more point.</summary>
    internal void Append(ReadOnlySpan<double> features)
    {
        if (Count == _columns[0].Length)
        {
            for (var c = 0; c < _columns.Length; c++)
                Array.Resize(ref _columns[c], 2 * Count);
            _scratch = new double[8 * Count];
        }

        for (var c = 0; c < _columns.Length; c++)
            _columns[c][Count] = features[c];
        Count++;
    }

    /// <summary>The features of one of the points.</summary>
    internal void CopyPoint(int index, Span<double> features)
    {
        for (var c = 0; c < _columns.Length; c++)
            features[c] = _columns[c][index];
    }

    /// <summary>The covariance matrix with the noise on its diagonal, row-major; the lower triangle is filled.</summary>
    internal void Fill(Span<double> matrix)
    {
        var n = Count;
        Span<double> point = stackalloc double[_columns.Length];
        for (var i = 0; i < n; i++)
        {
            for (var c = 0; c < point.Length; c++)
                point[c] = _columns[c][i];
            With(point, matrix.Slice(i * n, i));
            matrix[(i * n) + i] = Parameters.Variance + Parameters.Noise;
        }
    }

    /// <summary>The covariances of a block of points with all points.</summary>
    /// <param name="m">The number of points in the block.</param>
    /// <param name="features">m rows of features.</param>
    /// <param name="covariances">Receives m × <see cref="Count"/> covariances, row-major.</param>
    internal void With(int m, ReadOnlySpan<double> features, Span<double> covariances)
    {
        // Lanes are points of the block, so that inner loops are long whatever the number of data.
        var (n, size) = (Count, m * Count);
        var buffer = ArrayPool<double>.Shared.Rent((2 * size) + (m * _columns.Length));
        var sums = buffer.AsSpan(0, size);
        var component = buffer.AsSpan(size, size);
        var lanes = buffer.AsSpan(2 * size, m * _columns.Length);
        for (var row = 0; row < m; row++)
        {
            for (var c = 0; c < _columns.Length; c++)
                lanes[(c * m) + row] = features[(row * _columns.Length) + c];
        }

        sums.Clear();
        for (var c = 0; c < _columns.Length; c++)
            AddBlock(c, lanes.Slice(c * m, m), _inverse[_map.Groups[c]], sums);
        CorrelationFunction.Evaluate(_smoothness, sums, sums, []);
        VectorMath.Scale(sums, Parameters.Signal);
        for (var c = 0; Parameters.IsAdditive && c < _columns.Length;)
        {
            component.Clear();
            var parameter = _map.Components[_map.Groups[c]];
            for (; c < _columns.Length && _map.Components[_map.Groups[c]] == parameter; c++)
                AddBlock(c, lanes.Slice(c * m, m), _additiveInverse[_map.Groups[c]], component);
            CorrelationFunction.Evaluate(_smoothness, component, component, []);
            VectorMath.AddScaled(component, _additiveShare, sums);
        }

        for (var row = 0; row < m; row++)
        {
            for (var j = 0; j < n; j++)
                covariances[(row * n) + j] = sums[(j * m) + row];
        }

        ArrayPool<double>.Shared.Return(buffer);

        void AddBlock(int column, ReadOnlySpan<double> lane, double inverse, Span<double> block)
        {
            for (var j = 0; j < n; j++)
                VectorMath.AddSquares(lane, _columns[column][j], inverse, block.Slice(j * m, m));
        }
    }

    /// <summary>The covariances of a point with the first points.</summary>
    /// <param name="point">Its features.</param>
    /// <param name="covariances">Receives as many covariances as it has room for, at most <see cref="Count"/>.</param>
    internal void With(ReadOnlySpan<double> point, Span<double> covariances)
    {
        var n = covariances.Length;
        covariances.Clear();
        for (var c = 0; c < _columns.Length; c++)
            VectorMath.AddSquares(_columns[c].AsSpan(0, n), point[c], _inverse[_map.Groups[c]], covariances);
        CorrelationFunction.Evaluate(_smoothness, covariances, covariances, []);
        VectorMath.Scale(covariances, Parameters.Signal);
        if (!Parameters.IsAdditive)
            return;
        var component = _scratch.AsSpan(0, n);
        for (var c = 0; c < _columns.Length;)
        {
            component.Clear();
            c = AddComponent(point, c, component);
            CorrelationFunction.Evaluate(_smoothness, component, component, []);
            VectorMath.AddScaled(component, _additiveShare, covariances);
        }
    }

    /// <summary>The covariances of a point with all points, and what their gradients are made of.</summary>
    /// <param name="point">Its features.</param>
    /// <param name="covariances">Receives <see cref="Count"/> covariances.</param>
    /// <param name="joint">Receives σ² times the slopes of the joint kernel.</param>
    /// <param name="additive">Receives for each parameter τ²/p times the slopes of its additive kernel, row by row; not used without an
    /// additive part.</param>
    internal void With(ReadOnlySpan<double> point, Span<double> covariances, Span<double> joint, Span<double> additive)
    {
        var n = Count;
        covariances.Clear();
        for (var c = 0; c < _columns.Length; c++)
            VectorMath.AddSquares(_columns[c].AsSpan(0, n), point[c], _inverse[_map.Groups[c]], covariances);
        CorrelationFunction.Evaluate(_smoothness, covariances, covariances, joint);
        VectorMath.Scale(covariances, Parameters.Signal);
        VectorMath.Scale(joint, Parameters.Signal);
        if (!Parameters.IsAdditive)
            return;
        var component = _scratch.AsSpan(0, n);
        for (var (c, i) = (0, 0); c < _columns.Length; i++)
        {
            component.Clear();
            c = AddComponent(point, c, component);
            CorrelationFunction.Evaluate(_smoothness, component, component, additive.Slice(i * n, n));
            VectorMath.Scale(additive.Slice(i * n, n), _additiveShare);
            VectorMath.AddScaled(component, _additiveShare, covariances);
        }
    }

    /// <summary>Σ_j weights[j] ∂k(x, x_j)/∂x_c, from the slopes at x.</summary>
    internal double Gradient(
        ReadOnlySpan<double> point, int column, ReadOnlySpan<double> weights, ReadOnlySpan<double> joint, ReadOnlySpan<double> additive)
    {
        var (values, group, n) = (_columns[column], _map.Groups[column], Count);
        var gradient = -_inverse[group] * VectorMath.WeightedDifferences(values, point[column], weights, joint);
        if (Parameters.IsAdditive)
        {
            var slopes = additive.Slice(_map.Components[group] * n, n);
            gradient -= _additiveInverse[group] * VectorMath.WeightedDifferences(values, point[column], weights, slopes);
        }

        return gradient;
    }

    private int AddComponent(ReadOnlySpan<double> point, int column, Span<double> sums)
    {
        var parameter = _map.Components[_map.Groups[column]];
        for (; column < _columns.Length && _map.Components[_map.Groups[column]] == parameter; column++)
            VectorMath.AddSquares(_columns[column].AsSpan(0, sums.Length), point[column], _additiveInverse[_map.Groups[column]], sums);
        return column;
    }
}
