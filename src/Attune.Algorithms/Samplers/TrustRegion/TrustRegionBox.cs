using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Samplers;

/// <summary>Where a trust region lies in the unit cube: an interval for every number and ordinal around the centre, and how many categories
/// may differ from it.</summary>
/// <remarks>
/// <para>D. Eriksson and others, NeurIPS 2019, section 2: the sides of the box are in proportion to the length scales, their geometric mean
/// being the length of the region. A kernel with an additive part has two scales for each parameter; what counts is how much the function
/// is expected to change, E(∂f/∂x_i)² ∝ σ²/ℓ_i² + τ²/(p λ_i²). A discrete number can always go one step.</para>
/// <para>Categories are in a Hamming ball as in X. Wan, V. Nguyen, H. Ha, B. Ru, C. Lu, M. A. Osborne, "Think global and act local:
/// Bayesian optimisation over high-dimensional categorical and mixed search spaces", ICML 2021, section 3, whose radius shrinks with the
/// region here. Parameters that are inactive at the centre are free: nothing near the centre tells of them.</para>
/// </remarks>
internal sealed class TrustRegionBox
{
    private const double Tolerance = 1e-9;

    private readonly SearchSpace _space;
    private readonly Configuration _center;

    /// <summary>Lays out a box.</summary>
    /// <param name="map">What the features mean.</param>
    /// <param name="parameters">The hyperparameters, whose length scales stretch the box.</param>
    /// <param name="center">A configuration.</param>
    /// <param name="length">The length of the region, greater than 0.</param>
    /// <param name="whole">The length from which on all categories may differ.</param>
    internal TrustRegionBox(KernelFeatures map, Hyperparameters parameters, Configuration center, double length, double whole)
    {
        (_space, _center) = (map.Space, center);
        var dimensions = _space.Dimensions;
        (Center, Lower, Upper) = (new double[dimensions], new double[dimensions], new double[dimensions]);
        _space.Encode([center], Center);
        Array.Fill(Upper, 1);
        var numbers = Enumerable.Range(0, dimensions).Where(i => IsNumber(i) && !double.IsNaN(center.Numbers[i])).ToArray();
        var logs = Array.ConvertAll(numbers, i => LogScale(map, parameters, i));
        var mean = logs.DefaultIfEmpty(0).Average();
        for (var k = 0; k < numbers.Length; k++)
            Bound(numbers[k], 0.5 * length * Math.Exp(logs[k] - mean));
        var categories = Enumerable.Range(0, dimensions).Count(i => !IsNumber(i) && !double.IsNaN(center.Numbers[i]));
        Radius = Math.Max(1, (int)Math.Ceiling(categories * Math.Min(1, length / whole)));
    }

    /// <summary>The centre in the unit cube.</summary>
    internal double[] Center { get; }

    /// <summary>The lower ends in the unit cube; 0 for categories and for what is inactive at the centre.</summary>
    internal double[] Lower { get; }

    /// <summary>The upper ends; 1 for categories and for what is inactive at the centre.</summary>
    internal double[] Upper { get; }

    /// <summary>How many categories may differ from the centre, at least 1.</summary>
    internal int Radius { get; }

    /// <summary>Whether a parameter has places that lie in order.</summary>
    internal bool IsNumber(int parameter) => _space.Parameters[parameter].Kind != ParameterKind.Categorical;

    /// <summary>Whether a configuration lies in the region.</summary>
    internal bool Contains(Configuration configuration)
    {
        var different = 0;
        for (var i = 0; i < Lower.Length; i++)
        {
            var (number, middle) = (configuration.Numbers[i], _center.Numbers[i]);
            if (double.IsNaN(number) || double.IsNaN(middle))
                continue;
            if (!IsNumber(i))
            {
                if (number != middle && ++different > Radius)
                    return false;
            }
            else if (_space.Parameters[i].ToUnit(number) is var place && !(place >= Lower[i] - Tolerance && place <= Upper[i] + Tolerance))
                return false;
        }

        return true;
    }

    private static double LogScale(KernelFeatures map, Hyperparameters parameters, int parameter)
    {
        var group = map.Groups[map.ColumnOf(parameter)];
        var slope = parameters.Signal / Math.Pow(parameters.Lengths[group], 2);
        if (parameters.IsAdditive)
            slope += parameters.AdditiveSignal / map.Space.Dimensions / Math.Pow(parameters.AdditiveLengths[group], 2);
        return -0.5 * Math.Log(slope);
    }

    private void Bound(int parameter, double reach)
    {
        var (low, high) = (Center[parameter] - reach, Center[parameter] + reach);
        if (_space.Parameters[parameter] is { IsDiscrete: true, Count: { } count } discrete)
        {
            var index = discrete.IndexOf(_center.Numbers[parameter]);
            low = Math.Min(low, discrete.ToUnit(discrete.NumberAt(Math.Max(0, index - 1))));
            high = Math.Max(high, discrete.ToUnit(discrete.NumberAt(Math.Min(count - 1, index + 1))));
        }

        (Lower[parameter], Upper[parameter]) = (Math.Max(0, low), Math.Min(1, high));
    }
}
