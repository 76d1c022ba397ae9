using System.Buffers;
using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>What draws from a process are made of: other values at its points, and the joint posterior of several points.</summary>
internal sealed partial class GaussianProcess
{
    /// <summary>The standardised losses that it was conditioned on, without hallucinated ones.</summary>
    internal ReadOnlySpan<double> Targets => _targets;

    /// <summary>The features of one of its points, as the kernel sees them.</summary>
    internal void CopyPoint(int index, Span<double> features) => _covariance.CopyPoint(index, features);

    /// <summary>The features of a point as the kernel sees them.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="scratch">As many numbers.</param>
    internal ReadOnlySpan<double> Warp(ReadOnlySpan<double> features, Span<double> scratch) => _covariance.Warp(features, scratch);

    /// <summary>The derivative of a feature as the kernel sees it by the feature.</summary>
    internal double Slope(ReadOnlySpan<double> features, int column) => _covariance.Slope(features, column);

    /// <summary>K⁻¹(v − c) for other values at its first points, K being the covariance of those, and c the constant that it has.</summary>
    /// <param name="values">Values at the first points, at most as many as there are points.</param>
    /// <returns>A weight for each point, 0 for those beyond the values.</returns>
    internal double[] Weigh(ReadOnlySpan<double> values)
    {
        var weights = new double[Count];
        for (var i = 0; i < values.Length; i++)
            weights[i] = values[i] - Constant;

        // The leading block of the factor is the factor of the leading block.
        _factor.SolveLower(weights);
        weights.AsSpan(values.Length).Clear();
        _factor.SolveUpper(weights);
        return weights;
    }

    /// <summary>c + k(x, X) w, for weights of one's own.</summary>
    internal double Mean(ReadOnlySpan<double> features, ReadOnlySpan<double> weights)
    {
        EnsureWorkspace();
        var covariances = Covariances[..weights.Length];
        _covariance.With(features, covariances);
        return Constant + VectorMath.Dot(weights, covariances);
    }

    /// <summary>c + k(x, X) w and its gradient by some of the features.</summary>
    internal double Mean(ReadOnlySpan<double> features, ReadOnlySpan<double> weights, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        EnsureWorkspace();
        var padded = Weights;
        _covariance.With(features, Covariances, Slopes);
        padded.Clear();
        weights.CopyTo(padded);
        for (var k = 0; k < columns.Length; k++)
            gradient[k] = _covariance.Gradient(features, columns[k], padded, Slopes);
        return Constant + VectorMath.Dot(weights, Covariances);
    }

    /// <summary>Draws the function's values at several points from their joint posterior.</summary>
    /// <param name="features">m rows of features.</param>
    /// <param name="normals">Standard normal numbers, m for each draw.</param>
    /// <param name="samples">Receives m values for each draw.</param>
    /// <param name="noise">A variance of noise to be added; 0 for the function itself.</param>
    /// <remarks>Rasmussen and Williams, section A.2: μ + Lz with LLᵀ the posterior covariance (equation 2.24).</remarks>
    internal void Sample(ReadOnlySpan<double> features, ReadOnlySpan<double> normals, Span<double> samples, double noise = 0)
    {
        var (n, count) = (Count, features.Length / Map.Columns);
        var means = new double[count];
        var solved = new double[count * n];
        for (var row = 0; row < count; row++)
        {
            var covariances = solved.AsSpan(row * n, n);
            _covariance.With(features.Slice(row * Map.Columns, Map.Columns), covariances);
            means[row] = Constant + VectorMath.Dot(_alpha, covariances[.._alpha.Length]);
        }

        _factor.SolveLowerRows(solved, count);
        var covariance = new double[count * count];
        new Covariance(Map, Smoothness, Parameters, features).Fill(covariance);
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                covariance[(row * count) + column] -= VectorMath.Dot(solved.AsSpan(row * n, n), solved.AsSpan(column * n, n))
                    + (row == column ? Parameters.Noise - noise : 0);
            }
        }

        var root = new CholeskyFactor();
        root.Factorize(covariance, count, SampleJitter);
        for (var first = 0; first < samples.Length; first += count)
        {
            root.MultiplyLower(normals.Slice(first, count), samples.Slice(first, count));
            VectorMath.AddScaled(means, 1, samples.Slice(first, count));
        }
    }

    /// <summary>Means for several sets of weights, and the variance that they share, at many points.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="weights">Sets of weights, as from <see cref="Weigh(ReadOnlySpan{double})"/>.</param>
    /// <param name="means">Receives for each set a mean for each row.</param>
    /// <param name="variances">Receives a variance for each row.</param>
    internal void Predict(ReadOnlySpan<double> features, double[][] weights, Span<double> means, Span<double> variances)
    {
        var (n, count) = (Count, variances.Length);
        var buffer = ArrayPool<double>.Shared.Rent(Chunk * n);
        for (var first = 0; first < count; first += Chunk)
        {
            var rows = Math.Min(Chunk, count - first);
            for (var row = 0; row < rows; row++)
            {
                var covariances = buffer.AsSpan(row * n, n);
                _covariance.With(features.Slice((first + row) * Map.Columns, Map.Columns), covariances);
                for (var set = 0; set < weights.Length; set++)
                    means[(set * count) + first + row] = Constant + VectorMath.Dot(weights[set], covariances);
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

    /// <summary>Means for several sets of weights, and the variance that they share, at a point.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="weights">Sets of weights.</param>
    /// <param name="means">Receives a mean for each set.</param>
    /// <returns>The variance.</returns>
    internal double Predict(ReadOnlySpan<double> features, double[][] weights, Span<double> means)
    {
        EnsureWorkspace();
        _covariance.With(features, Covariances, Slopes);
        for (var set = 0; set < weights.Length; set++)
            means[set] = Constant + VectorMath.Dot(weights[set], Covariances);
        return Solve();
    }

    /// <summary>
    /// The gradient of Σ_s a_s mean_s + b variance at the point of the call of <see cref="Predict(ReadOnlySpan{double}, double[][],
    /// Span{double})"/> just before: sums of weights have to be differentiated once only.
    /// </summary>
    /// <param name="features">The features of that point.</param>
    /// <param name="weights">The sets of weights of that call.</param>
    /// <param name="byMean">a.</param>
    /// <param name="byVariance">b.</param>
    /// <param name="columns">The columns to differentiate by.</param>
    /// <param name="gradient">Receives the derivatives.</param>
    internal void Differentiate(
        ReadOnlySpan<double> features, double[][] weights, ReadOnlySpan<double> byMean, double byVariance, ReadOnlySpan<int> columns,
        Span<double> gradient)
    {
        var sum = Weights;
        sum.Clear();
        VectorMath.AddScaled(Solved, -2 * byVariance, sum);
        for (var set = 0; set < weights.Length; set++)
            VectorMath.AddScaled(weights[set], byMean[set], sum[..Count]);
        for (var k = 0; k < columns.Length; k++)
            gradient[k] = _covariance.Gradient(features, columns[k], sum, Slopes);
    }

    // What was last worked out at a point: rows of a number for each point, padded to whole vectors.
    private int Padded => FeatureColumns.Padded(Count);

    private Span<double> Covariances => _workspace.AsSpan(0, Padded);

    private Span<double> Solved => _workspace.AsSpan(Padded, Padded);

    private Span<double> Weights => _workspace.AsSpan(2 * Padded, Padded);

    private Span<double> Slopes => _workspace.AsSpan(3 * Padded, Kernel.SlopeRowsOf(Map, Parameters.IsAdditive) * Padded);

    /// <summary>The variance at the point of <see cref="Covariances"/>; <see cref="Solved"/> receives K⁻¹k, and zeros behind it.</summary>
    private double Solve()
    {
        var covariances = Covariances[..Count];
        var solved = Solved;
        covariances.CopyTo(solved);
        solved[Count..].Clear();
        _factor.Solve(solved[..Count]);
        return Math.Max(0, Parameters.Variance - VectorMath.Dot(covariances, solved[..Count]));
    }

    private void EnsureWorkspace()
    {
        var needed = Padded * (3 + Kernel.SlopeRowsOf(Map, Parameters.IsAdditive));
        if (_workspace.Length < needed)
            _workspace = new double[needed];
    }
}
