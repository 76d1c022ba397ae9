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
internal sealed class LogPosterior
{
    private readonly KernelFeatures _map;
    private readonly Smoothness _smoothness;
    private readonly HyperparameterPrior _prior;
    private double[] _targets;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _kernel;
    private readonly double[] _inverse;

    // Pairs of points i > j in the order (1, 0), (2, 0), (2, 1), …: the squared distances of each group without length scales, and what
    // the kernel makes of them.
    private readonly double[][] _squares;
    private readonly double[] _joint;
    private readonly double[] _jointSlopes;
    private readonly double[] _additive;
    private readonly double[][] _additiveSlopes;
    private readonly double[] _component;
    private readonly double[] _weights;

    internal LogPosterior(KernelFeatures map, Smoothness smoothness, HyperparameterPrior prior, double[] features, double[] targets)
    {
        (_map, _smoothness, _prior, _targets) = (map, smoothness, prior, targets);
        var n = targets.Length;
        var pairs = n * (n - 1) / 2;
        (_kernel, _inverse) = (new double[n * n], new double[n * n]);
        (_joint, _jointSlopes, _component, _weights) = (new double[pairs], new double[pairs], new double[pairs], new double[pairs]);
        _squares = Squares(map, features, n, pairs);
        (_additive, _additiveSlopes) = ([], []);
        if (!prior.IsAdditive)
            return;
        _additive = new double[pairs];
        _additiveSlopes = new double[map.Space.Dimensions][];
        for (var i = 0; i < _additiveSlopes.Length; i++)
            _additiveSlopes[i] = new double[pairs];
    }

    internal HyperparameterPrior Prior => _prior;

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
        var parameters = Hyperparameters.FromLogarithms(logarithms, groups);
        var n = _targets.Length;
        FillKernel(parameters, withSlopes: true);
        if (!_factor.TryFactorize(_kernel, n, out _))
            return double.NaN;
        var (alpha, constant) = GaussianProcess.Weigh(_factor, _targets);
        var (fit, squares) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            fit += (_targets[i] - constant) * alpha[i];
            squares += alpha[i] * alpha[i];
        }

        LastLikelihood = (0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant) + (0.5 * n * Math.Log(2 * Math.PI));
        _factor.Invert(_inverse);
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
        FillKernel(Hyperparameters.FromLogarithms(logarithms, _map.Components.Length), withSlopes: false);
        if (!_factor.TryFactorize(_kernel, n, out _))
            return double.NegativeInfinity;
        var (alpha, constant) = GaussianProcess.Weigh(_factor, _targets);
        var fit = 0.0;
        for (var i = 0; i < n; i++)
            fit += (_targets[i] - constant) * alpha[i];
        return -((0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant));
    }

    private static double[][] Squares(KernelFeatures map, double[] features, int n, int pairs)
    {
        var squares = new double[map.Components.Length][];
        for (var g = 0; g < squares.Length; g++)
            squares[g] = new double[pairs];
        var column = new double[n];
        for (var c = 0; c < map.Columns; c++)
        {
            for (var i = 0; i < n; i++)
                column[i] = features[(i * map.Columns) + c];
            for (var (i, first) = (1, 0); i < n; first += i++)
                VectorMath.AddSquares(column.AsSpan(0, i), column[i], 1, squares[map.Groups[c]].AsSpan(first, i));
        }

        return squares;
    }

    private void FillKernel(Hyperparameters parameters, bool withSlopes)
    {
        var (n, groups) = (_targets.Length, _map.Components.Length);
        Array.Clear(_joint);
        for (var g = 0; g < groups; g++)
            VectorMath.AddScaled(_squares[g], 1 / (parameters.Lengths[g] * parameters.Lengths[g]), _joint);
        CorrelationFunction.Evaluate(_smoothness, _joint, _joint, withSlopes ? _jointSlopes : []);
        if (parameters.IsAdditive)
            FillAdditive(parameters, withSlopes);
        for (var (i, first) = (0, 0); i < n; first += i++)
        {
            var row = _kernel.AsSpan(i * n, i);
            row.Clear();
            VectorMath.AddScaled(_joint.AsSpan(first, i), parameters.Signal, row);
            if (parameters.IsAdditive)
                VectorMath.AddScaled(_additive.AsSpan(first, i), parameters.AdditiveSignal, row);
            _kernel[(i * n) + i] = parameters.Variance + parameters.Noise;
        }
    }

    private void FillAdditive(Hyperparameters parameters, bool withSlopes)
    {
        Array.Clear(_additive);
        for (var g = 0; g < _map.Components.Length;)
        {
            Array.Clear(_component);
            var parameter = _map.Components[g];
            for (; g < _map.Components.Length && _map.Components[g] == parameter; g++)
                VectorMath.AddScaled(_squares[g], 1 / (parameters.AdditiveLengths[g] * parameters.AdditiveLengths[g]), _component);
            CorrelationFunction.Evaluate(_smoothness, _component, _component, withSlopes ? _additiveSlopes[parameter] : []);
            VectorMath.AddScaled(_component, 1.0 / _map.Space.Dimensions, _additive);
        }
    }

    private void AddKernelGradient(Hyperparameters parameters, double[] alpha, Span<double> gradient)
    {
        // ∂/∂θ = Σ_{i>j} w_ij ∂k_ij/∂θ + ½ Σ_i w_ii ∂k_ii/∂θ with w = K⁻¹ − ααᵀ: each pair counts twice.
        var (n, groups, diagonal) = (_targets.Length, _map.Components.Length, 0.0);
        for (var (i, first) = (0, 0); i < n; first += i++)
        {
            var row = _weights.AsSpan(first, i);
            _inverse.AsSpan(i * n, i).CopyTo(row);
            VectorMath.AddScaled(alpha.AsSpan(0, i), -alpha[i], row);
            diagonal += 0.5 * (_inverse[(i * n) + i] - (alpha[i] * alpha[i]));
        }

        gradient[groups] += parameters.Signal * (diagonal + VectorMath.Dot(_weights, _joint));
        VectorMath.Multiply(_weights, _jointSlopes, parameters.Signal, _component);
        for (var g = 0; g < groups; g++)
            gradient[g] += VectorMath.Dot(_component, _squares[g]) / (parameters.Lengths[g] * parameters.Lengths[g]);
        if (!parameters.IsAdditive)
            return;
        gradient[^1] += parameters.AdditiveSignal * (diagonal + VectorMath.Dot(_weights, _additive));
        for (var g = 0; g < groups;)
        {
            var parameter = _map.Components[g];
            VectorMath.Multiply(_weights, _additiveSlopes[parameter], parameters.AdditiveSignal / _map.Space.Dimensions, _component);
            for (; g < groups && _map.Components[g] == parameter; g++)
            {
                gradient[groups + 2 + g] +=
                    VectorMath.Dot(_component, _squares[g]) / (parameters.AdditiveLengths[g] * parameters.AdditiveLengths[g]);
            }
        }
    }
}
