using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// The logarithm of π(x)^(β/n), π being what the user believes about good values, the same for every parameter without a prior.
/// </summary>
/// <remarks>
/// C. Hvarfner, D. Stoll, A. Souza, M. Lindauer, F. Hutter, L. Nardi, "πBO: augmenting acquisition functions with user beliefs for
/// Bayesian optimization", ICLR 2022, equation 6: it fades as trials tell more. Densities are in units of their largest value, so that a
/// parameter counts no more for being active. A choice of no weight has a millionth of the largest: it is put off, not ruled out.
/// </remarks>
internal sealed class PriorBelief : IFeatureFunction
{
    private const double LeastWeight = 1e-6;

    private readonly KernelFeatures _map;
    private readonly double _exponent;
    private readonly List<(int Parameter, double Center, double Spread)> _normals = [];
    private readonly List<(int Parameter, double[] LogWeights)> _weights = [];

    /// <summary>Takes the priors of the space.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="exponent">β/n, not negative.</param>
    internal PriorBelief(KernelFeatures map, double exponent)
    {
        (_map, _exponent) = (map, exponent);
        for (var i = 0; i < map.Space.Dimensions; i++)
        {
            var parameter = map.Space.Parameters[i];
            if (parameter.Prior is NormalPrior normal)
                _normals.Add((i, parameter.ToUnit(normal.Center), normal.Spread));
            else if (parameter.Prior is WeightPrior { Weights: var weights })
                _weights.Add((i, [.. weights.Select(weight => Math.Log(Math.Max(weight / weights.Max(), LeastWeight)))]));
        }
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(features.Slice(i * _map.Columns, _map.Columns), [], []);
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        gradient[..columns.Length].Clear();
        var sum = 0.0;
        foreach (var (parameter, center, spread) in _normals)
        {
            if (!_map.IsActive(parameter, features))
                continue;
            var column = _map.ColumnOf(parameter);
            var distance = (features[column] - center) / spread;
            sum -= 0.5 * distance * distance;
            if (columns.IndexOf(column) is >= 0 and var place)
                gradient[place] = -_exponent * distance / spread;
        }

        foreach (var (parameter, logWeights) in _weights)
        {
            if (_map.IsActive(parameter, features))
                sum += logWeights[_map.ChoiceOf(parameter, features)];
        }

        return _exponent * sum;
    }
}
