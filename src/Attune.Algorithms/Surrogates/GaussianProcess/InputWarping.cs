using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Monotone maps of the places of numbers and ordinals, so that a stationary kernel fits functions that change faster near one end
/// of a range: w(x) = 1 − (1 − x^a)^b, the distribution function of Kumaraswamy, with a and b for each parameter.</summary>
/// <remarks>
/// J. Snoek, K. Swersky, R. Zemel, R. P. Adams, "Input warping for Bayesian optimization of non-stationary functions", ICML 2014, section
/// 3, with Kumaraswamy's distribution for their beta distribution. With a = b = 1 nothing is warped. Places are drawn in from the ends by a
/// millionth, where the slope may be infinite.
/// </remarks>
internal sealed class InputWarping
{
    private const double Margin = 1e-6;

    private readonly KernelFeatures _map;
    private readonly double[] _warps;
    private readonly int[] _numbers;

    private InputWarping(KernelFeatures map, double[] warps)
    {
        (_map, _warps) = (map, warps);
        _numbers = new int[map.Columns];
        Array.Fill(_numbers, -1);
        for (var k = 0; k < map.WarpedColumns.Length; k++)
            _numbers[map.WarpedColumns[k]] = k;
    }

    /// <summary>The warping of hyperparameters; null for none.</summary>
    internal static InputWarping? Of(KernelFeatures map, Hyperparameters parameters) =>
        parameters.Warps.Length == 0 ? null : new(map, parameters.Warps);

    /// <summary>Warps rows of features.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="warped">Receives as many.</param>
    internal void Apply(ReadOnlySpan<double> features, Span<double> warped)
    {
        features.CopyTo(warped);
        for (var first = 0; first < features.Length; first += _map.Columns)
        {
            foreach (var column in _map.WarpedColumns)
                warped[first + column] = Place(column, features[first + column]).Warped;
        }
    }

    /// <summary>The derivative of a warped feature by the feature.</summary>
    internal double Slope(int column, double place)
    {
        if (_numbers[column] < 0)
            return 1;
        var (a, b) = Shape(column);
        var (_, x, rest) = Place(column, place);
        return (1 - (2 * Margin)) * b * Math.Pow(rest, b - 1) * a * Math.Pow(x, a - 1);
    }

    /// <summary>The derivatives of a warped feature by the logarithms of a and b.</summary>
    internal (double ByA, double ByB) Derivatives(int column, double place)
    {
        var (a, b) = Shape(column);
        var (_, x, rest) = Place(column, place);
        return (
            a * b * Math.Pow(rest, b - 1) * (1 - rest) * Math.Log(x),
            -b * Math.Pow(rest, b) * Math.Log(rest));
    }

    private (double A, double B) Shape(int column) => (_warps[2 * _numbers[column]], _warps[(2 * _numbers[column]) + 1]);

    private (double Warped, double X, double Remainder) Place(int column, double place)
    {
        var (a, b) = Shape(column);
        var x = Margin + ((1 - (2 * Margin)) * Math.Clamp(place, 0, 1));

        // 1 − x^a without cancellation where x^a is near 1.
        var rest = -AccurateMath.ExpMinusOne(a * Math.Log(x));
        return (1 - Math.Pow(rest, b), x, rest);
    }
}
