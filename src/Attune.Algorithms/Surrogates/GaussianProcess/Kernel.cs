using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attune.Algorithms.Surrogates;

/// <summary>The covariance function under one set of hyperparameters.</summary>
/// <remarks>
/// k(x, x′) = σ² m(Σ_g d_g²/ℓ_g²) + (τ²/p) Σ_i m(Σ_g∈i d_g²/λ_g²), with d_g² the squared distance in the features of group g, m the
/// correlation, and p the number of parameters: a joint kernel with automatic relevance determination (C. E. Rasmussen, C. K. I.
/// Williams, Gaussian Processes for Machine Learning, 2006, section 5.1) plus a first-order additive one (D. Duvenaud, H. Nickisch, C. E.
/// Rasmussen, "Additive Gaussian processes", NeurIPS 2011, equation 3).
/// </remarks>
internal sealed partial class Kernel
{
    // Beyond it, products of the exponentials that take the place of those of distances might overflow.
    private const double MostRate = 600;

    private readonly Smoothness _smoothness;
    private readonly KernelFeatures _map;
    private readonly FeatureColumns _points;
    private readonly double[] _inverse;
    private readonly double[] _additiveInverse;
    private readonly double[] _rates;
    private readonly double[] _rising;
    private readonly double[] _falling;
    private double[] _pointsRising = [];
    private double[] _pointsFalling = [];
    private double[] _squares = [];
    private double[] _additive = [];
    private double[] _component = [];
    private double _additiveShare;

    /// <summary>Takes points.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="smoothness">The correlation.</param>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="points">The points.</param>
    internal Kernel(KernelFeatures map, Smoothness smoothness, Hyperparameters parameters, FeatureColumns points)
    {
        (_map, _smoothness, _points) = (map, smoothness, points);
        var additive = parameters.IsAdditive ? map.Columns : 0;
        (_inverse, _additiveInverse) = (new double[map.Columns], new double[additive]);
        var padded = FeatureColumns.Padded(additive);
        (_rates, _rising, _falling) = (new double[padded], new double[padded], new double[padded]);
        Take(parameters);
    }

    internal Hyperparameters Parameters { get; private set; }

    /// <summary>How many rows of slopes there are: one for the joint part, and one for each parameter's additive part.</summary>
    internal int SlopeRows => SlopeRowsOf(_map, Parameters.IsAdditive);

    /// <summary>How many rows of slopes there are.</summary>
    internal static int SlopeRowsOf(KernelFeatures map, bool isAdditive) => isAdditive ? 1 + map.Space.Dimensions : 1;

    /// <summary>Takes other hyperparameters of the same kind.</summary>
    [MemberNotNull(nameof(Parameters))]
    internal void Take(Hyperparameters parameters)
    {
        Parameters = parameters;
        _additiveShare = parameters.AdditiveSignal / _map.Space.Dimensions;
        for (var c = 0; c < _inverse.Length; c++)
        {
            var length = parameters.Lengths[_map.Groups[c]];
            _inverse[c] = 1 / (length * length);
        }

        for (var c = 0; c < _additiveInverse.Length; c++)
        {
            var length = parameters.AdditiveLengths[_map.Groups[c]];
            _additiveInverse[c] = 1 / (length * length);
            var rate = CorrelationFunction.SqrtFive / length;
            var isSeparable = _smoothness == Smoothness.Matern52 && _map.IsAlone(c) && rate < MostRate;
            _rates[c] = isSeparable ? rate : 0;
        }

        Separate(0);
    }

    /// <summary>Takes account of points that were appended.</summary>
    /// <param name="from">The number of the first.</param>
    internal void Separate(int from)
    {
        var stride = _points.Stride;
        if (_pointsRising.Length < stride * _additiveInverse.Length)
        {
            (_pointsRising, _pointsFalling) = (new double[stride * _additiveInverse.Length], new double[stride * _additiveInverse.Length]);
            from = 0;
        }

        for (var c = 0; c < _additiveInverse.Length; c++)
        {
            if (_rates[c] == 0)
                continue;
            for (var first = from / FeatureColumns.Lanes * FeatureColumns.Lanes; first < _points.Count; first += FeatureColumns.Lanes)
            {
                var rising = Rise(Vector512.LoadUnsafe(ref _points.Column(c), (nuint)first), Vector512.Create(_rates[c]));
                rising.CopyTo(_pointsRising, (c * stride) + first);
                (Vector512<double>.One / rising).CopyTo(_pointsFalling, (c * stride) + first);
            }
        }
    }

    /// <summary>The covariances of a point with the first points and, if wanted, what their derivatives are made of.</summary>
    /// <param name="point">The features of the point.</param>
    /// <param name="covariances">Receives as many covariances as it has room for, at most one for each of the points.</param>
    /// <param name="joint">Receives the joint part of each, up to a multiple of <see cref="FeatureColumns.Lanes"/>; or is empty.</param>
    /// <param name="slopes">Receives <see cref="SlopeRows"/> rows of the same length: σ² times the slopes of the joint correlation, then
    /// for each parameter τ²/p times those of its additive one; or is empty.</param>
    internal void Evaluate(
        ReadOnlySpan<double> point, Span<double> covariances, Span<double> joint = default, Span<double> slopes = default)
    {
        var (count, stride) = (FeatureColumns.Padded(covariances.Length), slopes.Length / SlopeRows);
        if (_squares.Length < count)
            (_squares, _additive) = (new double[2 * count], new double[2 * count]);
        var squares = _squares.AsSpan(0, count);
        squares.Clear();
        if (!Parameters.IsAdditive)
        {
            for (var c = 0; c < point.Length; c++)
                AddSquares(c, point[c], _inverse[c], squares);
            Finish(squares, [], covariances, joint, slopes);
            return;
        }

        var additive = _additive.AsSpan(0, count);
        additive.Clear();
        Rise(point);
        for (var (c, row) = (0, stride); c < point.Length; row += stride)
        {
            var own = slopes.IsEmpty ? [] : slopes.Slice(row, stride);
            if (_rates[c] > 0)
            {
                AddAlone(c, point[c], squares, additive, own);
                c++;
                continue;
            }

            var component = _component.Length < count ? _component = new double[2 * count] : _component;
            component.AsSpan(0, count).Clear();
            for (var end = _map.EndOf(c); c < end; c++)
            {
                AddSquares(c, point[c], _inverse[c], squares);
                AddSquares(c, point[c], _additiveInverse[c], component.AsSpan(0, count));
            }

            AddCorrelations(component.AsSpan(0, count), additive, own);
        }

        Finish(squares, additive, covariances, joint, slopes);
    }

    /// <summary>Σ_j weights[j] ∂k(x, x_j)/∂x_c for two sets of weights.</summary>
    /// <param name="point">The features of the point x.</param>
    /// <param name="column">c.</param>
    /// <param name="left">A weight for each of the points, and zeros up to a multiple of <see cref="FeatureColumns.Lanes"/>.</param>
    /// <param name="right">As many others.</param>
    /// <param name="slopes">The slopes at x, as from <see cref="Evaluate"/>, in rows of the same length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal (double Left, double Right) Differentiate(
        ReadOnlySpan<double> point, int column, ReadOnlySpan<double> left, ReadOnlySpan<double> right, ReadOnlySpan<double> slopes)
    {
        var (stride, place) = (left.Length, Vector512.Create(point[column]));
        var (row, isAdditive) = (Parameters.IsAdditive ? 1 + _map.Components[_map.Groups[column]] : 0, Parameters.IsAdditive);
        var (jointFactor, additiveFactor) = (
            Vector512.Create(_inverse[column]), Vector512.Create(isAdditive ? _additiveInverse[column] : 0));
        ref var joint = ref MemoryMarshal.GetReference(slopes[..stride]);
        ref var additive = ref MemoryMarshal.GetReference(slopes.Slice(row * stride, stride));
        ref var first = ref MemoryMarshal.GetReference(left);
        ref var second = ref MemoryMarshal.GetReference(right[..stride]);
        ref var places = ref _points.Column(column);
        var (leftSum, rightSum) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint j = 0; j < (nuint)stride; j += FeatureColumns.Lanes)
        {
            var slope = Vector512.LoadUnsafe(ref joint, j) * jointFactor;
            if (isAdditive)
                slope = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref additive, j), additiveFactor, slope);
            slope *= Vector512.LoadUnsafe(ref places, j) - place;
            leftSum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, j), slope, leftSum);
            rightSum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref second, j), slope, rightSum);
        }

        return (Vector512.Sum(leftSum), Vector512.Sum(rightSum));
    }
}
