using System.Buffers;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>A Gaussian process with a Matérn 5/2 kernel and a constant mean, conditioned on data, in its plain textbook form.</summary>
/// <remarks>
/// <para>C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, with k(x, x′) = σ² m(r), r² = Σ (x_c −
/// x′_c)²/ℓ_g(c)²
/// over the columns c of the features, m the Matérn correlation of equation 4.17, K = k(X, X) + noise · I:</para>
/// <para>mean(x) = c + k(x, X) K⁻¹(y − c) and variance(x) = k(x, x) − k(x, X) K⁻¹ k(X, x) (equations 2.25 and 2.26). The variance is that
/// of
/// the function, without the noise. The constant c has a standard normal prior: c = 1ᵀK⁻¹y / (1 + 1ᵀK⁻¹1).</para>
/// <para>Hallucinated points change the variance as if they had been observed at the posterior mean, which leaves the mean as it is
/// (T. Desautels, A. Krause, J. Burdick, JMLR 15, 2014, section 3).</para>
/// </remarks>
internal sealed class GaussianProcess
{
    private const int Chunk = 64;

    private readonly CholeskyFactor _factor = new();
    private readonly int[] _groups;
    private readonly GaussianProcessParameters _parameters;
    private readonly double[] _alpha;
    private readonly double[][] _columns;
    private readonly double[] _query;
    private double[] _correlations;
    private double[] _weights;

    /// <summary>Conditions on data.</summary>
    /// <param name="features">n rows of features.</param>
    /// <param name="targets">n standardised losses y.</param>
    /// <param name="groups">For each column the length scale that it uses.</param>
    /// <param name="parameters">The hyperparameters.</param>
    internal GaussianProcess(
        IReadOnlyList<double[]> features, ReadOnlySpan<double> targets, int[] groups, GaussianProcessParameters parameters)
    {
        (_groups, _parameters) = (groups, parameters);
        var n = features.Count;
        _columns = Scale(features, groups, parameters.Lengths, capacity: n + 16);
        var kernel = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var row = kernel.AsSpan(i * n, i);
            for (var c = 0; c < _columns.Length; c++)
                KernelMath.AddSquaredDifferences(_columns[c].AsSpan(0, i), _columns[c][i], row);
            for (var j = 0; j < i; j++)
                row[j] = parameters.Signal * KernelMath.Correlation(row[j]);
            kernel[(i * n) + i] = parameters.Signal + parameters.Noise;
        }

        _factor.Factorize(kernel, n, JitterPolicy.Default);
        (_alpha, Constant) = Weigh(_factor, targets);
        (_query, _correlations, _weights) = (new double[_columns.Length], new double[n + 16], new double[n + 16]);
    }

    /// <summary>The number of data and hallucinated points.</summary>
    internal int Count => _factor.Order;

    /// <summary>c, the constant mean.</summary>
    internal double Constant { get; }

    /// <summary>Takes a point as observed at its posterior mean.</summary>
    internal void Hallucinate(ReadOnlySpan<double> features)
    {
        var n = Count;
        if (n + 1 >= _correlations.Length)
        {
            Array.Resize(ref _correlations, 2 * n);
            Array.Resize(ref _weights, 2 * n);
            for (var c = 0; c < _columns.Length; c++)
                Array.Resize(ref _columns[c], 2 * n);
        }

        Correlate(features, _weights.AsSpan(0, n));
        _weights[n] = _parameters.Signal + _parameters.Noise;

        // A point on top of another adds nothing, and may fail by rounding.
        if (!_factor.TryAppendRow(_weights.AsSpan(0, n + 1)))
            return;
        for (var c = 0; c < _columns.Length; c++)
            _columns[c][n] = _query[c];
    }

    /// <summary>Means and variances of the function at many points.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="means">Receives a mean for each row.</param>
    /// <param name="variances">Receives a variance for each row.</param>
    internal void Predict(IReadOnlyList<double[]> features, Span<double> means, Span<double> variances)
    {
        var n = Count;
        var buffer = ArrayPool<double>.Shared.Rent(Chunk * n);
        for (var first = 0; first < features.Count; first += Chunk)
        {
            var rows = Math.Min(Chunk, features.Count - first);
            for (var row = 0; row < rows; row++)
            {
                var covariances = buffer.AsSpan(row * n, n);
                Correlate(features[first + row], covariances);
                means[first + row] = Constant + KernelMath.Dot(_alpha, covariances[.._alpha.Length]);
            }

            _factor.SolveLowerRows(buffer.AsSpan(0, rows * n), rows);
            for (var row = 0; row < rows; row++)
            {
                var solved = buffer.AsSpan(row * n, n);
                variances[first + row] = Math.Max(0, _parameters.Signal - KernelMath.Dot(solved, solved));
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Mean and variance of the function at a point, with their gradients by some of its features.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="columns">The columns to differentiate by.</param>
    /// <param name="meanGradient">Receives the derivatives of the mean.</param>
    /// <param name="varianceGradient">Receives the derivatives of the variance.</param>
    internal (double Mean, double Variance) Predict(
        ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> meanGradient, Span<double> varianceGradient)
    {
        var n = Count;
        var slopes = _correlations.AsSpan(0, n);
        var solved = _weights.AsSpan(0, n);
        Distances(features, slopes);
        for (var i = 0; i < n; i++)
        {
            solved[i] = _parameters.Signal * KernelMath.Correlation(slopes[i]);

            // ∂k/∂x_c = −σ² slope(r²) (x_c − x_ic)/ℓ².
            slopes[i] = -_parameters.Signal * KernelMath.Slope(slopes[i]);
        }

        var data = _alpha.Length;
        var mean = Constant + KernelMath.Dot(_alpha, solved[..data]);
        var explained = solved.ToArray();
        _factor.Solve(solved);
        var variance = Math.Max(0, _parameters.Signal - KernelMath.Dot(explained, solved));
        for (var i = 0; i < n; i++)
            explained[i] = -2 * slopes[i] * solved[i];
        for (var i = 0; i < data; i++)
            slopes[i] *= _alpha[i];
        for (var k = 0; k < columns.Length; k++)
        {
            var (column, length) = (_columns[columns[k]], _parameters.Lengths[_groups[columns[k]]]);
            meanGradient[k] = KernelMath.WeightedDifferences(column, _query[columns[k]], slopes[..data]) / length;
            varianceGradient[k] = KernelMath.WeightedDifferences(column, _query[columns[k]], explained) / length;
        }

        return (mean, variance);
    }

    /// <summary>Features divided by their length scales, column by column.</summary>
    internal static double[][] Scale(IReadOnlyList<double[]> features, int[] groups, double[] lengths, int capacity)
    {
        var columns = new double[groups.Length][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[capacity];
            for (var i = 0; i < features.Count; i++)
                columns[c][i] = features[i][c] / lengths[groups[c]];
        }

        return columns;
    }

    /// <summary>α = K⁻¹(y − c) and c.</summary>
    internal static (double[] Alpha, double Constant) Weigh(CholeskyFactor factor, ReadOnlySpan<double> targets)
    {
        var (ones, alpha) = (new double[targets.Length], targets.ToArray());
        Array.Fill(ones, 1);
        factor.Solve(ones);
        factor.Solve(alpha);
        var (weighted, total) = (0.0, 1.0);
        for (var i = 0; i < ones.Length; i++)
        {
            weighted += alpha[i];
            total += ones[i];
        }

        var constant = weighted / total;
        for (var i = 0; i < ones.Length; i++)
            alpha[i] -= constant * ones[i];
        return (alpha, constant);
    }

    private void Correlate(ReadOnlySpan<double> features, Span<double> covariances)
    {
        Distances(features, covariances);
        for (var i = 0; i < covariances.Length; i++)
            covariances[i] = _parameters.Signal * KernelMath.Correlation(covariances[i]);
    }

    private void Distances(ReadOnlySpan<double> features, Span<double> distances)
    {
        distances.Clear();
        for (var c = 0; c < _columns.Length; c++)
        {
            _query[c] = features[c] / _parameters.Lengths[_groups[c]];
            KernelMath.AddSquaredDifferences(_columns[c].AsSpan(0, distances.Length), _query[c], distances);
        }
    }
}
