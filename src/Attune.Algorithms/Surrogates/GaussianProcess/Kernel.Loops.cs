using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attune.Algorithms.Surrogates;

/// <content>
/// The inner loops, over eight points at a time. They are compiled at once for speed: they are where the time goes, and few proposals are
/// made while code is still being warmed up.
/// </content>
internal sealed partial class Kernel
{
    private void Rise(ReadOnlySpan<double> point)
    {
        Span<double> padded = _rising;
        padded.Clear();
        point.CopyTo(padded);
        for (var first = 0; first < _rates.Length; first += FeatureColumns.Lanes)
        {
            var rising = Rise(Vector512.Create<double>(_rising, first), Vector512.Create<double>(_rates, first));
            rising.CopyTo(_rising, first);
            (Vector512<double>.One / rising).CopyTo(_falling, first);
        }
    }

    private static Vector512<double> Rise(Vector512<double> places, Vector512<double> rates) =>
        CorrelationFunction.Exp(rates * (places - Vector512.Create(0.5)));

    /// <summary>Adds (x_c − x′_c)² times a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSquares(int column, double value, double factor, Span<double> squares)
    {
        var (place, factors) = (Vector512.Create(value), Vector512.Create(factor));
        ref var target = ref MemoryMarshal.GetReference(squares);
        ref var places = ref _points.Column(column);
        for (nuint first = 0; first < (nuint)squares.Length; first += FeatureColumns.Lanes)
        {
            var difference = Vector512.LoadUnsafe(ref places, first) - place;
            var sum = Vector512.FusedMultiplyAdd(difference * difference, factors, Vector512.LoadUnsafe(ref target, first));
            sum.StoreUnsafe(ref target, first);
        }
    }

    /// <summary>
    /// Adds the squares and the additive correlations of a parameter that is one column, without a root or an exponential:
    /// exp(−√5 |x − x′|/λ) is the lesser of exp(√5 (x − ½)/λ) exp(−√5 (x′ − ½)/λ) and its inverse.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddAlone(int column, double value, Span<double> squares, Span<double> additive, Span<double> slopes)
    {
        var (place, factor, rate) = (Vector512.Create(value), Vector512.Create(_inverse[column]), Vector512.Create(_rates[column]));
        var (rising, falling, share) = (
            Vector512.Create(_rising[column]), Vector512.Create(_falling[column]), Vector512.Create(_additiveShare));
        ref var square = ref MemoryMarshal.GetReference(squares);
        ref var sum = ref MemoryMarshal.GetReference(additive[..squares.Length]);
        ref var up = ref MemoryMarshal.GetReference(_pointsRising.AsSpan(column * _points.Stride, squares.Length));
        ref var down = ref MemoryMarshal.GetReference(_pointsFalling.AsSpan(column * _points.Stride, squares.Length));
        ref var target = ref MemoryMarshal.GetReference(slopes.IsEmpty ? slopes : slopes[..squares.Length]);
        ref var places = ref _points.Column(column);
        for (nuint first = 0; first < (nuint)squares.Length; first += FeatureColumns.Lanes)
        {
            var difference = Vector512.LoadUnsafe(ref places, first) - place;
            var squared = Vector512.FusedMultiplyAdd(difference * difference, factor, Vector512.LoadUnsafe(ref square, first));
            squared.StoreUnsafe(ref square, first);
            var decay = Vector512.MinNative(
                rising * Vector512.LoadUnsafe(ref down, first), falling * Vector512.LoadUnsafe(ref up, first));
            var correlation = CorrelationFunction.Matern(Vector512.Abs(difference) * rate, decay, out var slope);
            (Vector512.LoadUnsafe(ref sum, first) + correlation).StoreUnsafe(ref sum, first);
            if (!slopes.IsEmpty)
                (slope * share).StoreUnsafe(ref target, first);
        }
    }

    /// <summary>Adds the additive correlations of a parameter of several columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddCorrelations(ReadOnlySpan<double> squares, Span<double> additive, Span<double> slopes)
    {
        for (var first = 0; first < squares.Length; first += FeatureColumns.Lanes)
        {
            var sum = additive[first..];
            var correlation = CorrelationFunction.Evaluate(_smoothness, Vector512.Create(squares[first..]), out var slope);
            (Vector512.Create<double>(sum) + correlation).CopyTo(sum);
            if (!slopes.IsEmpty)
                (slope * Vector512.Create(_additiveShare)).CopyTo(slopes[first..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(
        ReadOnlySpan<double> squares, ReadOnlySpan<double> additive, Span<double> covariances, Span<double> joint, Span<double> slopes)
    {
        var (signal, share) = (Vector512.Create(Parameters.Signal), Vector512.Create(_additiveShare));
        for (var first = 0; first < squares.Length; first += FeatureColumns.Lanes)
        {
            var part = CorrelationFunction.Evaluate(_smoothness, Vector512.Create(squares[first..]), out var slope) * signal;
            var covariance = additive.IsEmpty ? part : Vector512.FusedMultiplyAdd(Vector512.Create(additive[first..]), share, part);
            Store(covariance, covariances[first..]);
            if (!joint.IsEmpty)
                part.CopyTo(joint[first..]);
            if (!slopes.IsEmpty)
                (slope * signal).CopyTo(slopes[first..]);
        }
    }

    /// <summary>Stores eight numbers, or as many as there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> values, Span<double> target)
    {
        if (target.Length >= FeatureColumns.Lanes)
            values.CopyTo(target);
        else
            StoreRest(values, target);
    }

    private static void StoreRest(Vector512<double> values, Span<double> target)
    {
        Span<double> lanes = stackalloc double[FeatureColumns.Lanes];
        values.CopyTo(lanes);
        lanes[..target.Length].CopyTo(target);
    }
}
