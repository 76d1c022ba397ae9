using System.Numerics.Tensors;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// A Parzen estimator over a search space: a mixture with one component for each trial and one for the prior. A component is the product
/// of one kernel for each parameter, so the joint structure of the trials stays.
/// </summary>
/// <remarks>
/// <para>J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011, section 4; S. Watanabe,
/// "Tree-structured Parzen estimator", arXiv 2304.11127, section 3.3 (multivariate kernels, bandwidths, the prior's component).</para>
/// <para>Conditions: a parameter that is active in the candidate but not in a component's trial has its prior for kernel there. So a
/// mixture is one density over the whole conditional space, which sums to one over all branches: a component draws a branch first and
/// then its parameters, and which branch is good is learned with everything else.</para>
/// <para>Buffers are kept from one fit to the next; nothing else is.</para>
/// </remarks>
/// <param name="dimensions">The parameters.</param>
/// <param name="usePrior">Whether the prior is the user's; otherwise it is uniform on the scales.</param>
internal sealed class ParzenMixture(ParzenDimension[] dimensions, bool usePrior)
{
    private readonly KernelColumn[] _columns = [.. dimensions.Select(dimension => new KernelColumn(dimension))];
    private double[] _shares = [];
    private double[] _starts = [];
    private double[] _sums = [];
    private double _priorShare;

    /// <summary>The number of components apart from the prior's.</summary>
    internal int Count { get; private set; }

    /// <summary>The bandwidth of a parameter, in unit coordinates; for choices the share that is spread over all.</summary>
    internal double BandwidthOf(int dimension) => _columns[dimension].Bandwidth;

    /// <summary>Takes new components.</summary>
    /// <param name="rows">The places of all trials, row-major.</param>
    /// <param name="members">The rows that are components.</param>
    /// <param name="priorWeight">The weight of the prior's component, where a trial's is 1.</param>
    /// <param name="rule">How bandwidths are chosen.</param>
    /// <param name="slope">How much more than their average the first member weighs, and the last one less, falling evenly; from 0 to
    /// 1.</param>
    internal void Fit(
        ReadOnlySpan<double> rows, ReadOnlySpan<int> members, double priorWeight, BandwidthRule rule, double slope = 0)
    {
        Count = members.Length;
        if (_sums.Length < Count)
        {
            _sums = new double[Math.Max(Count, 2 * _sums.Length)];
            (_shares, _starts) = (new double[_sums.Length], new double[_sums.Length]);
        }

        _priorShare = priorWeight / (Count + priorWeight);
        var active = 0;
        for (var i = 0; i < _columns.Length; i++)
            active += _columns[i].Take(rows, dimensions.Length, i, members);
        foreach (var column in _columns)
            column.Widen(rule, Count == 0 ? dimensions.Length : (double)active / Count);
        for (var j = 0; j < Count; j++)
        {
            _shares[j] = (1 + (slope * (Count - 1 - (2 * j)) / Math.Max(1, Count - 1))) / (Count + priorWeight);
            _starts[j] = Math.Log(_shares[j]);
        }

        foreach (var column in _columns)
            column.AddNormalizers(_starts.AsSpan(0, Count));
    }

    /// <summary>The log of the density at a point: per unit length in floats, mass in discrete parameters.</summary>
    /// <param name="point">One place for each parameter; NaN for inactive ones.</param>
    internal double LogDensity(ReadOnlySpan<double> point)
    {
        var sums = _sums.AsSpan(0, Count);
        _starts.AsSpan(0, Count).CopyTo(sums);
        var prior = Math.Log(_priorShare);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (dimensions[i].Kind == KernelKind.Fixed || double.IsNaN(point[i]))
                continue;
            var logPrior = dimensions[i].LogPrior(point[i], usePrior);
            prior += logPrior;
            _columns[i].AddLogKernels(point[i], logPrior, sums);
        }

        var most = Count == 0 ? prior : Math.Max(prior, TensorPrimitives.Max(sums));
        if (double.IsNegativeInfinity(most))
            return most;
        TensorPrimitives.Subtract(sums, most, sums);
        TensorPrimitives.Exp(sums, sums);
        return most + Math.Log(TensorPrimitives.Sum(sums) + Math.Exp(prior - most));
    }

    /// <summary>Draws a point. Every parameter gets a place, as if it were active; numbers beyond the ends of a range are taken to
    /// them.</summary>
    /// <param name="stream">The source of randomness.</param>
    /// <param name="point">Receives one place for each parameter.</param>
    internal void Draw(ref RandomStream stream, Span<double> point)
    {
        var chosen = stream.NextDouble() - _priorShare;
        var component = -1;
        while (chosen >= 0 && component < Count - 1)
            chosen -= _shares[++component];
        for (var i = 0; i < point.Length; i++)
            point[i] = component < 0 ? dimensions[i].DrawPrior(stream.NextDouble()) : _columns[i].Draw(component, ref stream);
    }
}
