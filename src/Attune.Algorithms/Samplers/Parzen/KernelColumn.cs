using System.Numerics;
using System.Numerics.Tensors;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The kernels of one parameter in all components of a mixture.</summary>
internal sealed class KernelColumn(ParzenDimension dimension)
{
    // A cell is narrow when it is at most so many bandwidths wide; then Sheppard's correction (the cell's own variance is added)
    // replaces the difference of two distribution functions, with a relative error below 0.2 % within three bandwidths.
    private const double NarrowCell = 0.5;

    // So many bandwidths away there is less than 1e-23 of a kernel: nothing beside the rest, which is one.
    private const double NoTail = 10;

    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);

    // By the level of a component: what it owes to the ends of the range (NaN while unknown), and its mass at the level that was asked for
    // last, with the number of the question.
    private readonly double[] _levelNormalizers = new double[dimension.Kind == KernelKind.Levels ? dimension.Count : 0];
    private readonly double[] _levelMasses = new double[dimension.Kind == KernelKind.Levels ? dimension.Count : 0];
    private readonly long[] _levelAnswers = new long[dimension.Kind == KernelKind.Levels ? dimension.Count : 0];
    private long _question;
    private int _levelOfMasses;
    private double[] _places = [];
    private double[] _centers = [];
    private double[] _logNormalizers = [];
    private int _count;
    private int _active;

    /// <summary>The standard deviation of the normal density in unit coordinates; for choices the share that is spread over all.</summary>
    internal double Bandwidth { get; private set; }

    /// <summary>Takes a parameter's places from the rows that are components.</summary>
    /// <returns>In how many of them it is active; 0 for a parameter with one value only.</returns>
    internal int Take(ReadOnlySpan<double> rows, int stride, int offset, ReadOnlySpan<int> members)
    {
        (_count, _active) = (members.Length, 0);
        if (dimension.Kind == KernelKind.Fixed)
            return 0;
        if (_places.Length < _count)
        {
            var size = Math.Max(_count, 2 * _places.Length);
            (_places, _centers, _logNormalizers) = (new double[size], new double[size], new double[size]);
        }

        for (var j = 0; j < _count; j++)
        {
            var place = _places[j] = rows[(members[j] * stride) + offset];
            if (double.IsNaN(place))
                continue;
            _active++;
            _centers[j] = dimension.UnitOf(place);
        }

        return _active;
    }

    /// <summary>Chooses the bandwidth.</summary>
    internal void Widen(BandwidthRule rule, double activePerComponent)
    {
        Bandwidth = dimension.Kind == KernelKind.Fixed ? 0 : rule.Choose(dimension, _active, activePerComponent);
        if (dimension.Kind is KernelKind.Fixed or KernelKind.Choices)
            return;
        _levelOfMasses = -1;
        Array.Fill(_levelNormalizers, double.NaN);
        for (var j = 0; j < _count; j++)
        {
            if (!double.IsNaN(_places[j]))
                _logNormalizers[j] = dimension.Kind == KernelKind.Levels ? LevelNormalizer((int)_places[j]) : LogNormalizer(_centers[j]);
        }
    }

    /// <summary>Adds what components of which every one has the parameter active owe to the ends of its range: the log of one over the
    /// mass inside. <see cref="AddLogKernels"/> leaves that to be added once.</summary>
    internal void AddNormalizers(Span<double> sums)
    {
        if (dimension.Kind is not (KernelKind.Fixed or KernelKind.Choices) && _active == _count)
            TensorPrimitives.Add(sums, _logNormalizers.AsSpan(0, _count), sums);
    }

    /// <summary>Adds the log of each component's kernel at a place.</summary>
    /// <param name="place">A place.</param>
    /// <param name="logPrior">What components take whose trial has the parameter inactive.</param>
    /// <param name="sums">One number for each component.</param>
    internal void AddLogKernels(double place, double logPrior, Span<double> sums)
    {
        if (dimension.Kind == KernelKind.Choices)
        {
            AddChoices(place, logPrior, sums);
            return;
        }

        var (low, high) = dimension.CellOf(place);
        var width = high - low;
        if (width <= NarrowCell * Bandwidth)
        {
            var variance = (Bandwidth * Bandwidth) + (width * width / 12);
            var constant = (dimension.Kind == KernelKind.Continuous ? 0 : Math.Log(width)) - (0.5 * Math.Log(variance)) - LogSqrtTwoPi;
            AddNormal((low + high) / 2, -0.5 / variance, constant, logPrior, sums);
        }
        else if (dimension.Kind == KernelKind.Levels)
        {
            AddLevels((int)place, logPrior, sums);
        }
        else
        {
            for (var j = 0; j < sums.Length; j++)
                sums[j] += double.IsNaN(_places[j]) ? logPrior : LogMass(low, high, _centers[j]) + Normalizer(j);
        }
    }

    /// <summary>A place drawn from a component's kernel, not cut off at the ends of the range but taken to them.</summary>
    internal double Draw(int component, ref RandomStream stream)
    {
        var uniform = stream.NextOpenDouble();
        var place = _places.Length == 0 ? double.NaN : _places[component];
        if (dimension.Kind == KernelKind.Fixed || double.IsNaN(place))
            return dimension.DrawPrior(uniform);
        if (dimension.Kind == KernelKind.Choices)
            return uniform >= Bandwidth ? place : dimension.DrawPrior(uniform / Bandwidth);
        var center = _centers[component];

        // What falls outside goes to the end of the range: much is best on a bound, which a truncated density never draws.
        return dimension.PlaceAt(Math.Clamp(center + (Bandwidth * NormalDistribution.Quantile(uniform)), 0, 1));
    }

    private double LevelNormalizer(int level)
    {
        ref var normalizer = ref _levelNormalizers[level];
        if (double.IsNaN(normalizer))
            normalizer = LogNormalizer(dimension.UnitOf(level));
        return normalizer;
    }

    private double LogNormalizer(double center)
    {
        var outside = Tail(-center / Bandwidth) + Tail((center - 1) / Bandwidth);
        return outside > 0 ? -Math.Log(1 - outside) : 0;
    }

    private static double Tail(double z) => z < -NoTail ? 0 : NormalDistribution.Cdf(z);

    private double Normalizer(int component) => _active == _count ? 0 : _logNormalizers[component];

    private double LogMass(double low, double high, double center)
    {
        // Both ends on the lower side, where differences keep their digits.
        var (from, to) = low > center ? (center - high, center - low) : (low - center, high - center);
        return Math.Log(Math.Max(NormalDistribution.Cdf(to / Bandwidth) - NormalDistribution.Cdf(from / Bandwidth), double.Epsilon));
    }

    private void AddNormal(double x, double factor, double constant, double logPrior, Span<double> sums)
    {
        var width = Vector<double>.Count;
        var (vx, vf) = (new Vector<double>(x), new Vector<double>(factor));
        var (vc, vp) = (new Vector<double>(constant), new Vector<double>(logPrior));
        ReadOnlySpan<double> centers = _centers.AsSpan(0, sums.Length), normalizers = _logNormalizers.AsSpan(0, sums.Length);
        ReadOnlySpan<double> places = _places.AsSpan(0, sums.Length);
        var j = 0;
        for (; _active == _count && j <= sums.Length - width; j += width)
        {
            var difference = vx - new Vector<double>(centers[j..]);
            (new Vector<double>(sums[j..]) + vc + (difference * difference * vf)).CopyTo(sums[j..]);
        }

        for (; j <= sums.Length - width; j += width)
        {
            var place = new Vector<double>(places[j..]);
            var difference = vx - new Vector<double>(centers[j..]);
            var value = (difference * difference * vf) + (vc + new Vector<double>(normalizers[j..]));
            (new Vector<double>(sums[j..]) + Vector.ConditionalSelect(Vector.Equals(place, place), value, vp)).CopyTo(sums[j..]);
        }

        for (; j < sums.Length; j++)
        {
            var difference = x - centers[j];
            sums[j] += double.IsNaN(places[j]) ? logPrior
                : (difference * difference * factor) + constant + (_active == _count ? 0 : normalizers[j]);
        }
    }

    private void AddChoices(double place, double logPrior, Span<double> sums)
    {
        var spread = Bandwidth * Math.Exp(logPrior);
        var (same, other) = (Math.Log(1 - Bandwidth + spread), Math.Log(spread));
        var width = Vector<double>.Count;
        var (vplace, vsame) = (new Vector<double>(place), new Vector<double>(same));
        var (vother, vprior) = (new Vector<double>(other), new Vector<double>(logPrior));
        ReadOnlySpan<double> places = _places.AsSpan(0, sums.Length);
        var j = 0;
        for (; j <= sums.Length - width; j += width)
        {
            var own = new Vector<double>(places[j..]);
            var value = Vector.ConditionalSelect(
                Vector.Equals(own, vplace), vsame, Vector.ConditionalSelect(Vector.Equals(own, own), vother, vprior));
            (new Vector<double>(sums[j..]) + value).CopyTo(sums[j..]);
        }

        for (; j < sums.Length; j++)
            sums[j] += places[j] == place ? same : double.IsNaN(places[j]) ? logPrior : other;
    }

    private void AddLevels(int level, double logPrior, Span<double> sums)
    {
        if (_levelOfMasses != level)
            (_levelOfMasses, _question) = (level, _question + 1);
        var (low, high) = (dimension.Edges[level], dimension.Edges[level + 1]);
        for (var j = 0; j < sums.Length; j++)
        {
            if (double.IsNaN(_places[j]))
            {
                sums[j] += logPrior;
                continue;
            }

            var from = (int)_places[j];
            if (_levelAnswers[from] != _question)
                (_levelAnswers[from], _levelMasses[from]) = (_question, LogMass(low, high, _centers[j]));
            sums[j] += _levelMasses[from] + Normalizer(j);
        }
    }
}
