namespace Attune.Algorithms.Surrogates;

/// <summary>Normal priors of the logarithms of hyperparameters, and the bounds of the search for them.</summary>
/// <remarks>
/// <para>log ℓ of the joint part: mean −0.35 + ½ log d, deviation 1.2, d being the number of parameters: distances in the unit cube grow
/// with √d (C. Hvarfner, E. Hellsten, L. Nardi, "Vanilla Bayesian optimization performs great in high dimensions", ICML 2024; their mean
/// is larger, which in few dimensions expects functions that are flatter than losses are). log λ of the additive part, which is
/// one-dimensional: mean −0.3, deviation 1.</para>
/// <para>log σ²: standard normal, because losses are standardised. log τ²: mean log ½, deviation 1.5. log noise: mean −6, deviation
/// 2.</para>
/// <para>log a and log b of <see cref="InputWarping"/>: mean 0, deviation ½: without evidence nothing is warped.</para>
/// </remarks>
internal sealed class HyperparameterPrior
{
    internal const double LeastNoise = 1e-7;

    private const double JointMean = -0.35;
    private const double JointDeviation = 1.2;
    private const double AdditiveMean = -0.3;
    private const double AdditiveDeviation = 1;
    private const double NoiseMean = -6;
    private const double NoiseDeviation = 2;

    private const double WarpDeviation = 0.5;

    private static readonly (double Low, double High) WarpBounds = (Math.Log(0.1), Math.Log(10));
    private static readonly (double Low, double High) LengthBounds = (Math.Log(0.01), Math.Log(300));
    private static readonly (double Low, double High) SignalBounds = (Math.Log(0.001), Math.Log(100));
    private static readonly (double Low, double High) NoiseBounds = (Math.Log(LeastNoise), Math.Log(2));

    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Makes the prior of a space.</summary>
    /// <param name="map">The features.</param>
    /// <param name="isAdditive">Whether there is an additive part.</param>
    /// <param name="noise">The variance of the noise where it is known; null to learn it.</param>
    internal HyperparameterPrior(KernelFeatures map, bool isAdditive, double? noise)
    {
        var groups = map.Components.Length;
        IsAdditive = isAdditive;
        Warps = 2 * map.WarpedColumns.Length;
        Dimensions = (isAdditive ? (2 * groups) + 3 : groups + 2) + Warps;
        (_means, _deviations) = (new double[Dimensions], new double[Dimensions]);
        (Lower, Upper) = (new double[Dimensions], new double[Dimensions]);
        Set(0, groups, JointMean + (0.5 * Math.Log(map.Space.Dimensions)), JointDeviation, LengthBounds);
        Set(groups, 1, 0, 1, SignalBounds);
        Set(groups + 1, 1, NoiseMean, NoiseDeviation, NoiseBounds);
        if (noise is { } known)
            Lower[groups + 1] = Upper[groups + 1] = Math.Log(Math.Max(known, LeastNoise));
        Set(Dimensions - Warps, Warps, 0, WarpDeviation, WarpBounds);
        if (!isAdditive)
            return;
        Set(groups + 2, groups, AdditiveMean, AdditiveDeviation, LengthBounds);
        Set((2 * groups) + 2, 1, Math.Log(0.5), 1.5, SignalBounds);
    }

    internal bool IsAdditive { get; }

    /// <summary>How many of the hyperparameters are shapes of warps, at the end.</summary>
    internal int Warps { get; }

    /// <summary>The number of hyperparameters.</summary>
    internal int Dimensions { get; }

    internal double[] Lower { get; }

    internal double[] Upper { get; }

    /// <summary>Adds the gradient of −log p; gives its value.</summary>
    internal double Add(ReadOnlySpan<double> logarithms, Span<double> gradient)
    {
        var value = 0.0;
        for (var i = 0; i < logarithms.Length; i++)
        {
            var distance = (logarithms[i] - _means[i]) / _deviations[i];
            value += 0.5 * distance * distance;
            gradient[i] += distance / _deviations[i];
        }

        return value;
    }

    /// <summary>log p, up to a constant.</summary>
    internal double LogDensity(ReadOnlySpan<double> logarithms)
    {
        var squares = 0.0;
        for (var i = 0; i < logarithms.Length; i++)
        {
            var distance = (logarithms[i] - _means[i]) / _deviations[i];
            squares += distance * distance;
        }

        return -0.5 * squares;
    }

    internal ReadOnlySpan<double> Means => _means;

    internal ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>The means, moved by so many deviations each and kept within the bounds.</summary>
    internal double[] At(Func<int, double> deviations)
    {
        var point = new double[Dimensions];
        for (var i = 0; i < point.Length; i++)
            point[i] = Math.Clamp(_means[i] + (deviations(i) * _deviations[i]), Lower[i], Upper[i]);
        return point;
    }

    private void Set(int first, int count, double mean, double deviation, (double Low, double High) bounds)
    {
        for (var i = first; i < first + count; i++)
            (_means[i], _deviations[i], Lower[i], Upper[i]) = (mean, deviation, bounds.Low, bounds.High);
    }
}
