using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Calibration;

/// <summary>
/// Draws of a Gaussian process with the Matérn 5/2 kernel and the same length scale for all parameters. Different choices are at
/// distance 1 from one another, and so is being inactive from every value.
/// </summary>
internal sealed class SmoothPrior(string name, SearchSpace space, double length) : IPrior
{
    private const double Jitter = 1e-9;

    public string Name => name;

    public SearchSpace Space => space;

    public double[] Draw(EncodedConfigurations points, ref RandomStream stream)
    {
        var n = points.Count;
        var kernel = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
                kernel[(i * n) + j] = kernel[(j * n) + i] = Correlation(points, i, j) + (i == j ? Jitter : 0);
        }

        var factor = new CholeskyFactor();
        factor.Factorize(kernel, n);
        var (normals, values) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            normals[i] = stream.NextNormal();
        factor.MultiplyLower(normals, values);
        return values;
    }

    private double Correlation(EncodedConfigurations points, int left, int right)
    {
        var (squares, d) = (0.0, points.Dimensions);
        for (var k = 0; k < d; k++)
        {
            var (a, b) = ((left * d) + k, (right * d) + k);
            var gap = points.Active[a] != points.Active[b] ? 1
                : !points.Active[a] ? 0
                : space.Parameters[k].Kind == ParameterKind.Categorical ? (points.Codes[a] == points.Codes[b] ? 0 : 1)
                : points.Unit[a] - points.Unit[b];
            squares += gap * gap / length / length;
        }

        var r = Math.Sqrt(5 * squares);
        return (1 + r + (r * r / 3)) * Math.Exp(-r);
    }
}
