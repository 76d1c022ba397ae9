using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>A monotone map of losses that makes them fit a Gaussian process better.</summary>
/// <remarks>
/// z = (t(u) − mean) / deviation, with u = (y − min) / (median − min) and t(u) = u (identity) or t(u) = log(u + δ): of heavy-tailed losses
/// it draws the bad tail in and spreads what is near the best. Which map suits is judged by the likelihood of the losses themselves,
/// that is with log |dz/dy| added (E. Snelson, C. E. Rasmussen, Z. Ghahramani, "Warped Gaussian processes", NeurIPS 2003, equation 6).
/// </remarks>
internal sealed class OutputTransform
{
    private readonly double _low;
    private readonly double _width;
    private readonly double _shift;
    private readonly double _mean;
    private readonly double _deviation;
    private readonly (double Target, double Loss)[]? _knots;

    private OutputTransform(double[] losses, double shift)
    {
        Shift = shift;
        var sorted = losses.ToArray();
        Array.Sort(sorted);
        _shift = shift;
        _low = sorted[0];
        _width = sorted[sorted.Length / 2] - _low;
        if (!(_width > 0))
            _width = sorted[^1] - _low;
        if (!(_width > 0))
            _width = 1;
        var raw = Array.ConvertAll(losses, Raw);
        _mean = raw.Average();
        _deviation = Math.Sqrt(raw.Sum(value => (value - _mean) * (value - _mean)) / raw.Length);
        if (!(_deviation > 1e-14))
            _deviation = 1;
        Targets = Array.ConvertAll(raw, value => (value - _mean) / _deviation);
        foreach (var loss in losses)
            LogJacobian -= Math.Log(_deviation * _width * (double.IsPositiveInfinity(shift) ? 1 : ((loss - _low) / _width) + shift));
    }

    private OutputTransform(double[] losses, (double Target, double Loss)[] knots, double[] targets)
    {
        (Shift, _shift, _knots, Targets) = (double.PositiveInfinity, double.PositiveInfinity, knots, targets);
        (_low, _width, _mean, _deviation) = (losses.Min(), 1, 0, 1);
    }

    internal static double[] Shifts { get; } = [double.PositiveInfinity, 1, 0.1, 0.01];

    internal double Shift { get; }

    /// <summary>The losses mapped, with mean 0 and variance 1.</summary>
    internal double[] Targets { get; }

    /// <summary>Σ log dz/dy over the losses.</summary>
    internal double LogJacobian { get; }

    internal static OutputTransform Of(double[] losses, double shift) => new(losses, shift);

    /// <summary>The Gaussian copula: the loss of rank r of n, equal losses sharing the middle of their ranks, becomes the quantile of (r −
    /// ½)/n of the standard normal distribution.</summary>
    /// <remarks>
    /// A. G. Wilson, Z. Ghahramani, "Copula processes", NIPS 2010; D. Eriksson, M. Poloczek, AISTATS 2021, section 3. Back it goes by
    /// straight lines between losses, which are drawn out at the ends.
    /// </remarks>
    internal static OutputTransform Copula(double[] losses)
    {
        var (sorted, order) = (losses.ToArray(), Enumerable.Range(0, losses.Length).ToArray());
        Array.Sort(sorted, order);
        var (targets, knots) = (new double[losses.Length], new List<(double Target, double Loss)>());
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
                end++;
            var target = NormalDistribution.Quantile(0.5 * (first + end) / sorted.Length);
            knots.Add((target, sorted[first]));
            for (; first < end; first++)
                targets[order[first]] = target;
        }

        return new(losses, [.. knots], targets);
    }

    internal double Unmap(double target)
    {
        if (_knots is { Length: var count } knots)
        {
            if (count == 1)
                return _low;
            var above = Math.Clamp(Array.FindIndex(knots, knot => knot.Target > target) is >= 0 and var k ? k : count - 1, 1, count - 1);
            var (left, right) = (knots[above - 1], knots[above]);
            return left.Loss + ((target - left.Target) / (right.Target - left.Target) * (right.Loss - left.Loss));
        }

        var raw = (target * _deviation) + _mean;
        return _low + (_width * (double.IsPositiveInfinity(_shift) ? raw : Math.Exp(raw) - _shift));
    }

    private double Raw(double loss)
    {
        var u = (loss - _low) / _width;
        return double.IsPositiveInfinity(_shift) ? u : Math.Log(Math.Max(u, 0) + _shift);
    }
}
