namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of augmented expected improvement, EI · (1 − τ / √(σ² + τ²)): under noise of deviation τ, another look at what is
/// already known well is worth little.
/// </summary>
/// <remarks>
/// D. Huang, T. T. Allen, W. I. Notz, N. Zeng, "Global optimization of stochastic black-box systems via sequential kriging meta-models",
/// Journal of Global Optimization 34, 2006, the product that they maximise. Here with u = σ/τ and r = √(1 + u²) the factor is u² / (r (r +
/// 1)), which subtracts nothing. Without noise it is <see cref="LogExpectedImprovement"/>.
/// </remarks>
/// <param name="incumbent">f*, the loss to improve on, finite: the best posterior mean, not the luckiest measurement.</param>
/// <param name="noise">τ, the standard deviation of a measurement about the function's value (aleatoric), finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The incumbent or the noise is not finite, or the noise is negative.</exception>
public sealed class LogAugmentedExpectedImprovement(double incumbent, double noise) : IAcquisition
{
    private readonly LogExpectedImprovement _improvement = new(incumbent);

    /// <summary>τ, the standard deviation of a measurement.</summary>
    public double Noise { get; } = noise is >= 0 and < double.PositiveInfinity
        ? noise
        : throw new ArgumentOutOfRangeException(nameof(noise), noise, "The deviation of the noise must be finite and at least 0.");

    /// <inheritdoc/>
    /// <remarks>Without any deviation, but with noise, there is nothing to learn: −∞.</remarks>
    public double Value(double mean, double deviation) => _improvement.Value(mean, deviation) + LogFactor(deviation, out _);

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var value = _improvement.Value(mean, deviation, out byMean, out byDeviation) + LogFactor(deviation, out var byFactor);
        byDeviation += byFactor;
        return value;
    }

    private double LogFactor(double deviation, out double byDeviation)
    {
        byDeviation = 0;
        if (Noise == 0)
            return 0;

        // ∂ log/∂u = 2/u − u/r² − u/(r (r + 1)).
        var u = deviation / Noise;
        var r = Math.Sqrt(1 + (u * u));
        byDeviation = ((2 / u) - (u / (r * r)) - (u / (r * (r + 1)))) / Noise;
        return Math.Log(u / r) + Math.Log(u / (r + 1));
    }
}
