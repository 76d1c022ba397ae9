using Attune.Numerics;
using BenchmarkDotNet.Attributes;

namespace Attune.Microbenchmarks;

/// <summary>
/// The factorisation of a covariance matrix, beside the three loops of a textbook; and one more row, beside factorising anew.
/// </summary>
[MemoryDiagnoser]
public class CholeskyBenchmarks
{
    private readonly CholeskyFactor _factor = new();
    private readonly CholeskyFactor _grown = new();
    private double[] _matrix = [];
    private double[] _lower = [];
    private double[] _row = [];

    /// <summary>The order of the matrix.</summary>
    [Params(50, 200, 500, 1000)]
    public int Order { get; set; }

    /// <summary>Makes a matrix of squared-exponential covariances with noise on its diagonal.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var stream = RandomKey.FromSeed(1).CreateStream();
        var places = new double[Order + 1];
        for (var i = 0; i <= Order; i++)
            places[i] = stream.NextDouble() * Order;
        _matrix = new double[Order * Order];
        for (var i = 0; i < Order; i++)
        {
            for (var j = 0; j < Order; j++)
                _matrix[(i * Order) + j] = Covariance(places[i], places[j]) + (i == j ? 0.01 : 0);
        }

        _row = [.. places.Select(place => Covariance(places[Order], place))];
        _row[Order] += 0.01;
        _lower = new double[Order * Order];
        _grown.Factorize(_matrix, Order);
    }

    /// <summary>Row by row, each element a sum of products.</summary>
    [Benchmark(Baseline = true)]
    public double Textbook()
    {
        for (var i = 0; i < Order; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _matrix[(i * Order) + j];
                for (var k = 0; k < j; k++)
                    sum -= _lower[(i * Order) + k] * _lower[(j * Order) + k];
                _lower[(i * Order) + j] = i == j ? Math.Sqrt(sum) : sum / _lower[(j * Order) + j];
            }
        }

        return _lower[^1];
    }

    /// <summary>The factorisation that models use.</summary>
    [Benchmark]
    public double Factorize()
    {
        _factor.Factorize(_matrix, Order);
        return _factor[Order - 1, Order - 1];
    }

    /// <summary>Appends a row to the factor and takes it away again.</summary>
    [Benchmark]
    public double AppendRow()
    {
        _grown.AppendRow(_row);
        var last = _grown[Order, Order];
        _grown.Truncate(Order);
        return last;
    }

    private static double Covariance(double a, double b) => Math.Exp(-0.5 * (a - b) * (a - b));
}
