using System.Buffers;
using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>A Gaussian process with a constant mean, conditioned on data.</summary>
/// <remarks>
/// <para>C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006: mean(x) = c + k(x, X) K⁻¹(y − c) and
/// variance(x) = k(x, x) − k(x, X) K⁻¹ k(X, x) (equations 2.25 and 2.26), K = k(X, X) + noise · I, k as told at
/// <see cref="Kernel"/>. The variance is that of the function, without the noise. The constant c has a standard normal prior:
/// c = 1ᵀK⁻¹y / (1 + 1ᵀK⁻¹1).</para>
/// <para>Hallucinated points change the variance as if they had been observed at the posterior mean, which leaves the mean as it is
/// (T. Desautels, A. Krause, J. Burdick, JMLR 15, 2014, section 3).</para>
/// </remarks>
internal sealed partial class GaussianProcess : IPosterior
{
    private const int Chunk = 64;

    private static readonly JitterPolicy SampleJitter = new() { Largest = 1e-2 };

    private readonly CholeskyFactor _factor;
    private readonly Covariance _covariance;
    private readonly double[] _targets;
    private readonly double[] _alpha;
    private double[] _workspace = [];

    /// <summary>Conditions on data.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="smoothness">The correlation.</param>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="features">n rows of features, row-major.</param>
    /// <param name="targets">n standardised losses y.</param>
    /// <param name="factor">What to factorise the covariance matrix in: its memory is used again, and whatever used it before is of no use
    /// from now on. Null for memory of its own.</param>
    internal GaussianProcess(
        KernelFeatures map, Smoothness smoothness, Hyperparameters parameters, ReadOnlySpan<double> features, ReadOnlySpan<double> targets,
        CholeskyFactor? factor = null)
    {
        (Map, Smoothness, _targets, _factor) = (map, smoothness, targets.ToArray(), factor ?? new());
        _covariance = new(map, smoothness, parameters, features);
        var n = targets.Length;
        var kernel = ArrayPool<double>.Shared.Rent(Math.Max(1, n * n));
        _covariance.Fill(kernel.AsSpan(0, n * n));
        _factor.Factorize(kernel.AsSpan(0, n * n), n, JitterPolicy.Default);
        ArrayPool<double>.Shared.Return(kernel);
        _alpha = new double[n];
        var ones = ArrayPool<double>.Shared.Rent(Math.Max(1, n));
        Constant = Weigh(_factor, targets, _alpha, ones.AsSpan(0, n));
        ArrayPool<double>.Shared.Return(ones);
    }

    internal KernelFeatures Map { get; }

    internal Smoothness Smoothness { get; }

    internal Hyperparameters Parameters => _covariance.Parameters;

    /// <summary>The number of data and hallucinated points.</summary>
    internal int Count => _factor.Order;

    /// <summary>c, the constant mean.</summary>
    internal double Constant { get; }

    /// <inheritdoc/>
    public void Predict(EncodedConfigurations points, Span<double> means, Span<double> epistemic, Span<double> aleatoric = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!ReferenceEquals(points.Space, Map.Space))
            throw new ArgumentException("The points are of another space.", nameof(points));
        Predict(Map.Encode(points), means, epistemic);
        if (!aleatoric.IsEmpty)
            aleatoric[..points.Count].Fill(Parameters.Noise);
    }

    /// <summary>Takes a point as observed at its posterior mean.</summary>
    /// <param name="features">Its features.</param>
    /// <returns>Whether it became a point of the process: not so when it lies on top of another.</returns>
    internal bool Hallucinate(ReadOnlySpan<double> features)
    {
        var n = Count;
        var row = ArrayPool<double>.Shared.Rent(n + 1);
        _covariance.With(features, row.AsSpan(0, n));
        row[n] = Parameters.Variance + Parameters.Noise;

        // A point on top of another adds nothing, and may fail by rounding.
        var isAppended = _factor.TryAppendRow(row.AsSpan(0, n + 1));
        if (isAppended)
            _covariance.Append(features);
        ArrayPool<double>.Shared.Return(row);
        return isAppended;
    }

    /// <summary>Means and variances of the function at many points.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="means">Receives a mean for each row.</param>
    /// <param name="variances">Receives a variance for each row.</param>
    internal void Predict(ReadOnlySpan<double> features, Span<double> means, Span<double> variances)
    {
        var (n, count) = (Count, features.Length / Map.Columns);
        var buffer = ArrayPool<double>.Shared.Rent(Chunk * n);
        for (var first = 0; first < count; first += Chunk)
        {
            var rows = Math.Min(Chunk, count - first);
            for (var row = 0; row < rows; row++)
            {
                var covariances = buffer.AsSpan(row * n, n);
                _covariance.With(features.Slice((first + row) * Map.Columns, Map.Columns), covariances);
                means[first + row] = Constant + VectorMath.Dot(_alpha, covariances[.._alpha.Length]);
            }

            _factor.SolveLowerRows(buffer.AsSpan(0, rows * n), rows);
            for (var row = 0; row < rows; row++)
            {
                var solved = buffer.AsSpan(row * n, n);
                variances[first + row] = Math.Max(0, Parameters.Variance - VectorMath.Dot(solved, solved));
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
        EnsureWorkspace();
        _covariance.With(features, Covariances, Slopes);
        var mean = Constant + VectorMath.Dot(_alpha, Covariances[.._alpha.Length]);
        var variance = Solve();
        var weights = Weights;
        weights.Clear();
        _alpha.CopyTo(weights);
        for (var k = 0; k < columns.Length; k++)
        {
            var (byWeights, bySolved) = _covariance.Gradient(features, columns[k], weights, Solved, Slopes);
            (meanGradient[k], varianceGradient[k]) = (byWeights, -2 * bySolved);
        }

        return (mean, variance);
    }

    /// <summary>α = K⁻¹(y − c) and c.</summary>
    /// <param name="factor">The factor of K, n × n.</param>
    /// <param name="targets">y, n numbers.</param>
    /// <param name="alpha">Receives α, n numbers.</param>
    /// <param name="ones">Scratch for n numbers.</param>
    /// <returns>c.</returns>
    internal static double Weigh(CholeskyFactor factor, ReadOnlySpan<double> targets, Span<double> alpha, Span<double> ones)
    {
        targets.CopyTo(alpha);
        ones.Fill(1);
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
        return constant;
    }
}
