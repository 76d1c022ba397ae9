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

    internal static double[] Shifts { get; } = [double.PositiveInfinity, 1, 0.1, 0.01];

    internal double Shift { get; }

    /// <summary>The losses mapped, with mean 0 and variance 1.</summary>
    internal double[] Targets { get; }

    /// <summary>Σ log dz/dy over the losses.</summary>
    internal double LogJacobian { get; }

    internal static OutputTransform Of(double[] losses, double shift) => new(losses, shift);

    internal double Map(double loss) => (Raw(loss) - _mean) / _deviation;

    internal double Unmap(double target)
    {
        var raw = (target * _deviation) + _mean;
        return _low + (_width * (double.IsPositiveInfinity(_shift) ? raw : Math.Exp(raw) - _shift));
    }

    private double Raw(double loss)
    {
        var u = (loss - _low) / _width;
        return double.IsPositiveInfinity(_shift) ? u : Math.Log(Math.Max(u, 0) + _shift);
    }
}
