using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>
/// The negative logarithm of the posterior density of a Gaussian process's hyperparameters, with its gradient: marginal likelihood times
/// priors. Its minimiser is the maximum a posteriori estimate.
/// </summary>
/// <remarks>
/// <para>C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, equations 2.30 and 5.9, with the constant c
/// at its own maximum: −log p = ½(y − c)ᵀα + ½ log|K| + ½c² + priors, ∂/∂θ = ½ tr((K⁻¹ − ααᵀ) ∂K/∂θ), where θ are logarithms; c needs no
/// term because the derivative by c vanishes there.</para>
/// <para>Priors are normal in the logarithms; see <see cref="HyperparameterPrior"/>.</para>
/// </remarks>
internal sealed class LogPosterior : IDisposable
{
    private readonly KernelFeatures _map;
    private readonly Smoothness _smoothness;
    private readonly HyperparameterPrior _prior;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _features;
    private readonly double[] _slopesByWarp;
    private FeatureColumns _points;
    private double[] _seen;
    private double[] _matrix;
    private readonly double[] _weights;
    private readonly double[] _covariances;
    private readonly double[] _joint;
    private readonly double[] _sums;
    private readonly double[] _alpha;
    private readonly double[] _ones;
    private double[] _targets;
    private Kernel? _kernel;

    private double[]? _inverse;
    private double[] _slopes = [];

    internal LogPosterior(KernelFeatures map, Smoothness smoothness, HyperparameterPrior prior, double[] features, double[] targets)
    {
        (_map, _smoothness, _prior, _features, _targets) = (map, smoothness, prior, features, targets);
        var n = targets.Length;
        (_points, _seen) = (new(map.Columns, features), features);
        _slopesByWarp = new double[prior.Warps * n];
        _matrix = ArrayPool<double>.Shared.Rent(n * n);
        (_weights, _covariances, _joint) = (new double[_points.Stride], new double[_points.Stride], new double[_points.Stride]);
        (_alpha, _ones) = (new double[n], new double[n]);
        _sums = new double[2 * map.Columns * FeatureColumns.Lanes];
    }

    internal HyperparameterPrior Prior => _prior;

    /// <summary>The number of points.</summary>
    internal int Count => _targets.Length;

    /// <summary>Takes other targets of the same points.</summary>
    /// <param name="targets">As many as before.</param>
    internal void Retarget(double[] targets) => _targets = targets;

    /// <summary>The negative log marginal likelihood alone at the point of the last successful evaluation.</summary>
    internal double LastLikelihood { get; private set; }

    /// <summary>
    /// The sum of the logarithms of the leave-one-out predictive densities at the point of the last successful evaluation (equations 5.10
    /// to 5.12).
    /// </summary>
    internal double LastLeaveOneOut { get; private set; }

    /// <summary>
    /// The value at the logarithms of the hyperparameters, and its gradient; NaN where the covariance matrix is not positive definite.
    /// </summary>
    internal double Evaluate(ReadOnlySpan<double> logarithms, Span<double> gradient)
    {
        var groups = _map.Components.Length;
        var parameters = Hyperparameters.FromLogarithms(logarithms, groups, _prior.Warps);
        var n = _targets.Length;
        FillKernel(parameters);
        if (!_factor.TryFactorize(_matrix.AsSpan(0, n * n), n, out _))
            return double.NaN;
        var alpha = _alpha;
        var constant = GaussianProcess.Weigh(_factor, _targets, alpha, _ones);
        var (fit, squares) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            fit += (_targets[i] - constant) * alpha[i];
            squares += alpha[i] * alpha[i];
        }

        LastLikelihood = (0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant) + (0.5 * n * Math.Log(2 * Math.PI));
        _inverse ??= ArrayPool<double>.Shared.Rent(n * n);
        _factor.Invert(_inverse.AsSpan(0, n * n));
        var (trace, loo) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var diagonal = _inverse[(i * n) + i];
            trace += diagonal;
            loo += (0.5 * Math.Log(diagonal)) - (0.5 * alpha[i] * alpha[i] / diagonal) - (0.5 * Math.Log(2 * Math.PI));
        }

        LastLeaveOneOut = loo;
        gradient.Clear();
        AddKernelGradient(parameters, alpha, gradient);
        gradient[groups + 1] = 0.5 * parameters.Noise * (trace - squares);
        return LastLikelihood + _prior.Add(logarithms, gradient);
    }

    /// <summary>
    /// The log marginal likelihood alone; negative infinity outside the bounds and where the covariance matrix is not positive definite.
    /// </summary>
    internal double LogLikelihood(ReadOnlySpan<double> logarithms)
    {
        for (var i = 0; i < logarithms.Length; i++)
        {
            if (logarithms[i] < _prior.Lower[i] || logarithms[i] > _prior.Upper[i])
                return double.NegativeInfinity;
        }

        var n = _targets.Length;
        FillKernel(Hyperparameters.FromLogarithms(logarithms, _map.Components.Length, _prior.Warps));
        if (!_factor.TryFactorize(_matrix.AsSpan(0, n * n), n, out _))
            return double.NegativeInfinity;
        var alpha = _alpha;
        var constant = GaussianProcess.Weigh(_factor, _targets, alpha, _ones);
        var fit = 0.0;
        for (var i = 0; i < n; i++)
            fit += (_targets[i] - constant) * alpha[i];
        return -((0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant));
    }

    /// <summary>Gives the large arrays back; nothing else may be asked after that.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_matrix);
        if (_inverse is not null)
            ArrayPool<double>.Shared.Return(_inverse);
        (_matrix, _inverse) = ([], null);
    }

    private void FillKernel(Hyperparameters parameters)
    {
        var (n, columns) = (_targets.Length, _map.Columns);
        if (InputWarping.Of(_map, parameters) is { } warping)
            Warp(warping);
        if (_kernel is null)
            _kernel = new(_map, _smoothness, parameters, _points);
        else
            _kernel.Take(parameters);
        for (var i = 0; i < n; i++)
        {
            _kernel.Evaluate(_seen.AsSpan(i * columns, columns), _matrix.AsSpan(i * n, i));
            _matrix[(i * n) + i] = parameters.Variance + parameters.Noise;
        }
    }

    private void AddKernelGradient(Hyperparameters parameters, double[] alpha, Span<double> gradient)
    {
        // ∂/∂θ = Σ_{i>j} w_ij ∂k_ij/∂θ + ½ Σ_i w_ii ∂k_ii/∂θ with w = K⁻¹ − ααᵀ: each pair counts twice. Slopes are worked out anew, row
        // by row: to keep those of all pairs from the covariances would take more time to write and read than that.
        var (n, groups, columns, diagonal) = (_targets.Length, _map.Components.Length, _map.Columns, 0.0);
        var (joint, all, rows) = (0.0, 0.0, _kernel!.SlopeRows);
        if (_slopes.Length == 0)
            _slopes = new double[rows * _points.Stride];
        Array.Clear(_sums);
        for (var i = 0; i < n; i++)
        {
            var padded = FeatureColumns.Padded(i);
            var point = _seen.AsSpan(i * columns, columns);
            var weights = _weights.AsSpan(0, i);
            _inverse.AsSpan(i * n, i).CopyTo(weights);
            VectorMath.AddScaled(alpha.AsSpan(0, i), -alpha[i], weights);
            _weights.AsSpan(i, padded - i).Clear();
            diagonal += 0.5 * (_inverse![(i * n) + i] - (alpha[i] * alpha[i]));
            var slopes = _slopes.AsSpan(0, rows * padded);
            _kernel.Evaluate(point, _covariances.AsSpan(0, padded), _joint.AsSpan(0, padded), slopes);
            joint += VectorMath.Dot(weights, _joint);
            all += VectorMath.Dot(weights, _covariances);
            AddSlopes(point, padded, slopes);
            if (_prior.Warps > 0)
                AddWarpSlopes(parameters, i, padded, slopes, gradient[(_prior.Dimensions - _prior.Warps)..]);
        }

        gradient[groups] += (parameters.Signal * diagonal) + joint;
        if (parameters.IsAdditive)
            gradient[(2 * groups) + 2] += (parameters.AdditiveSignal * diagonal) + all - joint;
        for (var c = 0; c < columns; c++)
        {
            var group = _map.Groups[c];
            gradient[group] += Sum(c) / (parameters.Lengths[group] * parameters.Lengths[group]);
            if (parameters.IsAdditive)
            {
                var length = parameters.AdditiveLengths[group];
                gradient[groups + 2 + group] += Sum(columns + c) / (length * length);
            }
        }

        double Sum(int column) => Vector512.Sum(Vector512.Create<double>(_sums.AsSpan(column * FeatureColumns.Lanes)));
    }

    /// <summary>Adds w_ij s_ij d²_ij of all points j before a point i to the sums of each column, for each part of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSlopes(ReadOnlySpan<double> point, int stride, ReadOnlySpan<double> slopes)
    {
        ref var weights = ref MemoryMarshal.GetReference(_weights.AsSpan(0, stride));
        ref var joint = ref MemoryMarshal.GetReference(slopes[..stride]);
        for (var (c, row) = (0, 1); c < point.Length; row++)
        {
            ref var additive = ref MemoryMarshal.GetReference(_prior.IsAdditive ? slopes.Slice(row * stride, stride) : slopes[..stride]);
            for (var end = _map.EndOf(c); c < end; c++)
            {
                ref var places = ref _points.Column(c);
                var (place, jointSum, additiveSum) = (Vector512.Create(point[c]), Vector512<double>.Zero, Vector512<double>.Zero);
                for (nuint j = 0; j < (nuint)stride; j += FeatureColumns.Lanes)
                {
                    var difference = Vector512.LoadUnsafe(ref places, j) - place;
                    difference *= difference * Vector512.LoadUnsafe(ref weights, j);
                    jointSum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref joint, j), difference, jointSum);
                    additiveSum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref additive, j), difference, additiveSum);
                }

                AddTo(c, jointSum);
                if (_prior.IsAdditive)
                    AddTo(point.Length + c, additiveSum);
            }
        }
    }

    /// <summary>Takes the points as the kernel sees them, with the derivatives of their places by the logarithms of the shapes.</summary>
    private void Warp(InputWarping warping)
    {
        var n = _targets.Length;
        _seen = new double[_features.Length];
        warping.Apply(_features, _seen);
        (_points, _kernel) = (new(_map.Columns, _seen), null);
        for (var k = 0; k < _map.WarpedColumns.Length; k++)
        {
            var column = _map.WarpedColumns[k];
            for (var i = 0; i < n; i++)
            {
                (_slopesByWarp[(2 * k * n) + i], _slopesByWarp[(((2 * k) + 1) * n) + i]) =
                    warping.Derivatives(column, _features[(i * _map.Columns) + column]);
            }
        }
    }

    /// <summary>Adds w_ij ∂k_ij/∂θ of all points j before a point i, for the logarithms θ of all shapes of warps.</summary>
    /// <remarks>With d = v_i − v_j the distance of the warped places in a column, ∂k/∂θ = −(s/ℓ² + t/λ²) d (∂v_i/∂θ − ∂v_j/∂θ), s and t
    /// being the slopes of the joint and the additive part.</remarks>
    private void AddWarpSlopes(Hyperparameters parameters, int i, int stride, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        var n = _targets.Length;
        for (var k = 0; k < _map.WarpedColumns.Length; k++)
        {
            var column = _map.WarpedColumns[k];
            var group = _map.Groups[column];
            var joint = 1 / (parameters.Lengths[group] * parameters.Lengths[group]);
            var additive = parameters.IsAdditive ? 1 / (parameters.AdditiveLengths[group] * parameters.AdditiveLengths[group]) : 0;
            var own = parameters.IsAdditive ? slopes.Slice((1 + _map.Components[group]) * stride, i) : slopes[..i];
            var place = _seen[(i * _map.Columns) + column];
            var byA = _slopesByWarp.AsSpan(2 * k * n, n);
            var byB = _slopesByWarp.AsSpan(((2 * k) + 1) * n, n);
            for (var j = 0; j < i; j++)
            {
                var change = -_weights[j] * ((slopes[j] * joint) + (own[j] * additive)) * (place - _seen[(j * _map.Columns) + column]);
                gradient[2 * k] += change * (byA[i] - byA[j]);
                gradient[(2 * k) + 1] += change * (byB[i] - byB[j]);
            }
        }
    }

    private void AddTo(int column, Vector512<double> values)
    {
        var sums = _sums.AsSpan(column * FeatureColumns.Lanes);
        (Vector512.Create<double>(sums) + values).CopyTo(sums);
    }
}
