using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class KernelTests
{
    private static readonly KernelFeatures Map = ReferenceProcess.Map;

    // From where separate exponentials would overflow to where they hardly differ from 1.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.004)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(300)]
    public void With_AnyLengthScale_EqualsTheFormula(double length)
    {
        var lengths = new double[Map.Components.Length];
        Array.Fill(lengths, length);
        var parameters = new Hyperparameters(lengths, 0.8, lengths, 0.5, 1e-3);
        var (points, others) = (Points(21, 1), Points(9, 2));
        foreach (var smoothness in Enum.GetValues<Smoothness>())
        {
            var covariance = new Covariance(Map, smoothness, parameters, points);
            var covariances = new double[21];
            for (var i = 0; i < 9; i++)
            {
                var point = ReferenceProcess.Row(others, i);
                covariance.With(point, covariances);
                for (var j = 0; j < 21; j++)
                {
                    var expected = ReferenceProcess.Kernel(smoothness, parameters, ReferenceProcess.Row(points, j), point);
                    Assert.Equal(expected, covariances[j], (1e-12 * expected) + 1e-200);
                }
            }
        }
    }

    [Fact]
    public void With_AppendedPoints_GivesTheBitsOfPointsTakenAtOnce()
    {
        var lengths = new double[Map.Components.Length];
        Array.Fill(lengths, 0.4);
        var parameters = new Hyperparameters(lengths, 1, lengths, 0.5, 1e-3);
        var points = Points(30, 3);
        var point = Points(1, 4);
        var (whole, grown) = (new double[30], new double[30]);
        new Covariance(Map, Smoothness.Matern52, parameters, points).With(point, whole);
        var growing = new Covariance(Map, Smoothness.Matern52, parameters, points.AsSpan(0, 5 * Map.Columns));
        for (var i = 5; i < 30; i++)
            growing.Append(ReferenceProcess.Row(points, i));
        growing.With(point, grown);
        Assert.Equal(whole, grown);
    }

    private static double[] Points(int count, ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var points = new Configuration[count];
        for (var i = 0; i < count; i++)
            points[i] = Map.Space.Sample(ref stream);
        return Map.Encode(points);
    }
}
