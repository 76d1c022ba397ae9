using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// The negative logarithm of the posterior density of a Gaussian process's hyperparameters, with its gradient: marginal likelihood times
/// priors. Its minimiser is the maximum a posteriori estimate.
/// </summary>
/// <remarks>
/// <para>C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning, 2006, equations 2.30 and 5.9, with the constant c
/// at its
/// own maximum: −log p = ½(y − c)ᵀα + ½ log|K| + ½c² + priors, ∂/∂θ = ½ tr((K⁻¹ − ααᵀ) ∂K/∂θ), where θ are logarithms; c needs no
/// term because the derivative by c vanishes there.</para>
/// <para>Priors: log ℓ normal with mean √2 + ½ log d and deviation √3 (C. Hvarfner, E. Hellsten, L. Nardi, "Vanilla Bayesian optimization
/// performs
/// great in high dimensions", 2024); log σ² standard normal; log noise normal with mean log 10⁻⁴ and deviation 2.</para>
/// </remarks>
internal sealed class MarginalPosterior
{
    private const double LengthDeviation = 1.7320508075688772;
    private const double NoiseDeviation = 2;

    private static readonly double NoiseMean = Math.Log(1e-4);

    private readonly IReadOnlyList<double[]> _features;
    private readonly double[] _targets;
    private readonly int[] _groups;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _kernel;
    private readonly double[] _distances;
    private readonly double[] _inverse;
    private readonly double[] _weights;

    internal MarginalPosterior(IReadOnlyList<double[]> features, double[] targets, int[] groups, int dimensions)
    {
        (_features, _targets, _groups, Dimensions) = (features, targets, groups, dimensions);
        var n = features.Count;
        (_kernel, _distances, _inverse, _weights) = (new double[n * n], new double[n * n], new double[n * n], new double[n]);
        LengthMean = Math.Sqrt(2) + (0.5 * Math.Log(dimensions));
    }

    /// <summary>The number of length scales.</summary>
    internal int Dimensions { get; }

    /// <summary>The prior mean of log ℓ.</summary>
    internal double LengthMean { get; }

    /// <summary>The value at the logarithms of the hyperparameters, and its gradient.</summary>
    internal double Evaluate(ReadOnlySpan<double> logarithms, Span<double> gradient)
    {
        var parameters = GaussianProcessParameters.FromLogarithms(logarithms);
        var n = _targets.Length;
        var columns = GaussianProcess.Scale(_features, _groups, parameters.Lengths, n);
        FillKernel(columns, parameters);
        if (!_factor.TryFactorize(_kernel, n, out _))
            return double.NaN;
        var (alpha, constant) = GaussianProcess.Weigh(_factor, _targets);
        var (fit, squares) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            fit += (_targets[i] - constant) * alpha[i];
            squares += alpha[i] * alpha[i];
        }

        var value = (0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant);
        var trace = Invert(n);
        gradient.Clear();
        AddLengthGradient(columns, parameters, alpha, gradient);
        gradient[^2] = 0.5 * (n - (parameters.Noise * trace) - (fit - (parameters.Noise * squares)));
        gradient[^1] = 0.5 * parameters.Noise * (trace - squares);
        return value + AddPriors(logarithms, gradient);
    }

    private void FillKernel(double[][] columns, GaussianProcessParameters parameters)
    {
        var n = _targets.Length;
        for (var i = 0; i < n; i++)
        {
            var row = _distances.AsSpan(i * n, i);
            row.Clear();
            for (var c = 0; c < columns.Length; c++)
                KernelMath.AddSquaredDifferences(columns[c].AsSpan(0, i), columns[c][i], row);
            for (var j = 0; j < i; j++)
                _kernel[(i * n) + j] = parameters.Signal * KernelMath.Correlation(row[j]);
            _kernel[(i * n) + i] = parameters.Signal + parameters.Noise;
        }
    }

    /// <summary>Leaves L⁻¹ by columns in the rows of the buffer; gives the trace of K⁻¹ = L⁻ᵀL⁻¹.</summary>
    private double Invert(int n)
    {
        Array.Clear(_inverse);
        for (var i = 0; i < n; i++)
            _inverse[(i * n) + i] = 1;
        _factor.SolveLowerRows(_inverse, n);
        return KernelMath.Dot(_inverse, _inverse);
    }

    private void AddLengthGradient(double[][] columns, GaussianProcessParameters parameters, double[] alpha, Span<double> gradient)
    {
        var n = _targets.Length;
        for (var i = 1; i < n; i++)
        {
            // ∂K_ij/∂log ℓ_g = σ² slope(r²) Σ_c∈g (z_ic − z_jc)², with z the scaled features; each pair counts twice, hence no ½.
            var inverse = _inverse.AsSpan(i * n, n);
            for (var j = 0; j < i; j++)
            {
                var element = KernelMath.Dot(inverse[i..], _inverse.AsSpan((j * n) + i, n - i));
                _weights[j] = (element - (alpha[i] * alpha[j])) * parameters.Signal * KernelMath.Slope(_distances[(i * n) + j]);
            }

            for (var c = 0; c < columns.Length; c++)
                gradient[_groups[c]] += KernelMath.WeightedSquaredDifferences(columns[c].AsSpan(0, i), columns[c][i],
                    _weights.AsSpan(0, i));
        }
    }

    private double AddPriors(ReadOnlySpan<double> logarithms, Span<double> gradient)
    {
        var value = 0.0;
        for (var i = 0; i < logarithms.Length; i++)
        {
            var (mean, deviation) = i < Dimensions ? (LengthMean, LengthDeviation) : i == Dimensions ? (0, 1) : (NoiseMean, NoiseDeviation);
            var distance = (logarithms[i] - mean) / deviation;
            value += 0.5 * distance * distance;
            gradient[i] += distance / deviation;
        }

        return value;
    }
}
