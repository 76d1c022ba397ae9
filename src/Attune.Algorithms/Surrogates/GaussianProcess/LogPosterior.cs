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
    private readonly double[][] _columns;
    private readonly double[] _targets;
    private readonly CholeskyFactor _factor = new();
    private readonly double[] _kernel;
    private readonly double[] _correlations;
    private readonly double[] _slopes;
    private readonly double[] _inverse;
    private readonly double[] _squares;
    private readonly double[] _component;
    private readonly double[] _componentSlopes;
    private readonly double[] _additive;

    internal LogPosterior(KernelFeatures map, Smoothness smoothness, HyperparameterPrior prior, double[] features, double[] targets)
    {
        (_map, _smoothness, _prior, _targets) = (map, smoothness, prior, targets);
        var n = targets.Length;
        _columns = new double[map.Columns][];
        for (var c = 0; c < _columns.Length; c++)
        {
            _columns[c] = new double[n];
            for (var i = 0; i < n; i++)
                _columns[c][i] = features[(i * map.Columns) + c];
        }

        (_kernel, _correlations, _slopes, _inverse) = (new double[n * n], new double[n * n], new double[n * n], new double[n * n]);
        (_squares, _component, _componentSlopes) = (new double[map.Components.Length * n], new double[n], new double[n]);
        _additive = prior.IsAdditive ? new double[n * n] : [];
    }

    internal HyperparameterPrior Prior => _prior;

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
        FillKernel(parameters);
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
        FillKernel(Hyperparameters.FromLogarithms(logarithms, _map.Components.Length));
        if (!_factor.TryFactorize(_kernel, n, out _))
            return double.NegativeInfinity;
        var (alpha, constant) = GaussianProcess.Weigh(_factor, _targets);
        var fit = 0.0;
        for (var i = 0; i < n; i++)
            fit += (_targets[i] - constant) * alpha[i];
        return -((0.5 * fit) + (0.5 * _factor.LogDeterminant) + (0.5 * constant * constant));
    }

    private void FillKernel(Hyperparameters parameters)
    {
        var n = _targets.Length;
        for (var i = 0; i < n; i++)
        {
            var row = _correlations.AsSpan(i * n, i);
            FillSquares(i);
            row.Clear();
            for (var g = 0; g < parameters.Lengths.Length; g++)
                VectorMath.AddScaled(_squares.AsSpan(g * n, i), 1 / (parameters.Lengths[g] * parameters.Lengths[g]), row);
            CorrelationFunction.Evaluate(_smoothness, row, row, _slopes.AsSpan(i * n, i));
            var kernel = _kernel.AsSpan(i * n, i);
            for (var j = 0; j < i; j++)
                kernel[j] = parameters.Signal * row[j];
            _kernel[(i * n) + i] = parameters.Variance + parameters.Noise;
            if (!parameters.IsAdditive)
                continue;
            var additive = _additive.AsSpan(i * n, i);
            additive.Clear();
            for (var g = 0; g < _map.Components.Length;)
            {
                g = Component(parameters, g, i, []);
                VectorMath.AddScaled(_component.AsSpan(0, i), 1.0 / _map.Space.Dimensions, additive);
            }

            VectorMath.AddScaled(additive, parameters.AdditiveSignal, kernel);
        }
    }

    /// <summary>The squared distances of point i from those before it, for each group, without length scales.</summary>
    private void FillSquares(int i)
    {
        var n = _targets.Length;
        _squares.AsSpan().Clear();
        for (var c = 0; c < _columns.Length; c++)
            VectorMath.AddSquares(_columns[c].AsSpan(0, i), _columns[c][i], 1, _squares.AsSpan(_map.Groups[c] * n, i));
    }

    /// <summary>The correlations of the additive kernel of one parameter; gives the first group of the next.</summary>
    private int Component(Hyperparameters parameters, int group, int i, Span<double> slopes)
    {
        var n = _targets.Length;
        var component = _component.AsSpan(0, i);
        component.Clear();
        var parameter = _map.Components[group];
        for (; group < _map.Components.Length && _map.Components[group] == parameter; group++)
        {
            var length = parameters.AdditiveLengths[group];
            VectorMath.AddScaled(_squares.AsSpan(group * n, i), 1 / (length * length), component);
        }

        CorrelationFunction.Evaluate(_smoothness, component, component, slopes);
        return group;
    }

    private void AddKernelGradient(Hyperparameters parameters, double[] alpha, Span<double> gradient)
    {
        var (n, groups) = (_targets.Length, _map.Components.Length);
        var weights = new double[n];
        var weighted = new double[n];
        for (var i = 0; i < n; i++)
        {
            // Each pair counts twice, hence no ½ but on the diagonal.
            var row = weights.AsSpan(0, i);
            _inverse.AsSpan(i * n, i).CopyTo(row);
            VectorMath.AddScaled(alpha.AsSpan(0, i), -alpha[i], row);
            var diagonal = 0.5 * (_inverse[(i * n) + i] - (alpha[i] * alpha[i]));
            gradient[groups] += parameters.Signal * (diagonal + VectorMath.Dot(row, _correlations.AsSpan(i * n, i)));
            FillSquares(i);
            var product = weighted.AsSpan(0, i);
            VectorMath.Multiply(row, _slopes.AsSpan(i * n, i), parameters.Signal, product);
            for (var g = 0; g < groups; g++)
                gradient[g] += VectorMath.Dot(product, _squares.AsSpan(g * n, i)) / (parameters.Lengths[g] * parameters.Lengths[g]);
            if (!parameters.IsAdditive)
                continue;
            gradient[^1] += parameters.AdditiveSignal * (diagonal + VectorMath.Dot(row, _additive.AsSpan(i * n, i)));
            for (var g = 0; g < groups;)
            {
                var slopes = _componentSlopes.AsSpan(0, i);
                var end = Component(parameters, g, i, slopes);
                VectorMath.Multiply(row, slopes, parameters.AdditiveSignal / _map.Space.Dimensions, product);
                for (; g < end; g++)
                {
                    var length = parameters.AdditiveLengths[g];
                    gradient[groups + 2 + g] += VectorMath.Dot(product, _squares.AsSpan(g * n, i)) / (length * length);
                }
            }
        }
    }
}
