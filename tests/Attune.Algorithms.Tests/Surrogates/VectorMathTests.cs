using System.Runtime.Intrinsics;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

/// <summary>The inner loops of the Gaussian process, against plain ones and against the exponential of the platform.</summary>
public sealed class VectorMathTests
{
    [Fact]
    public void Dot_EveryLengthAndOffset_IsTheSumOfProducts()
    {
        var (left, right) = (Normals(60, 1), Normals(60, 2));
        for (var length = 0; length <= 50; length++)
        {
            foreach (var first in (int[])[0, 1, 3])
            {
                var expected = Enumerable.Range(first, length).Sum(i => left[i] * right[i]);
                Assert.Equal(expected, VectorMath.Dot(left.AsSpan(first, length), right.AsSpan(first, length)), 1e-13);
            }
        }
    }

    [Fact]
    public void AddScaled_EveryLength_AddsToThoseAndToNoOthers()
    {
        var values = Normals(60, 3);
        for (var length = 0; length <= 50; length++)
        {
            var sums = Normals(60, 4);
            double[] expected = [.. sums.Select((sum, i) => i < length ? sum + (values[i] * -1.5) : sum)];

            VectorMath.AddScaled(values, -1.5, sums.AsSpan(0, length));

            Assert.Equal(expected, sums, (one, other) => Math.Abs(one - other) < 1e-14);
        }
    }

    [Fact]
    public void Exp_TheWholeRange_IsThatOfThePlatformToTwoUnitsInTheLastPlace()
    {
        var numbers = new double[Vector512<double>.Count];
        for (var first = -708.0; first <= 700; first += 0.37)
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = Math.Min(700, first + (0.0461 * i));
            var values = CorrelationFunction.Exp(Vector512.Create(numbers));
            for (var i = 0; i < numbers.Length; i++)
            {
                var expected = Math.Exp(numbers[i]);
                Assert.True(Math.Abs(values[i] - expected) <= 2 * (Math.BitIncrement(expected) - expected), $"exp({numbers[i]}) = {values[i]}");
            }
        }
    }

    [Theory]
    [InlineData(-709)]
    [InlineData(-1e300)]
    [InlineData(double.NegativeInfinity)]
    public void Exp_FarBelow_IsTinyAndNormal(double x) =>
        Assert.Equal(Math.Exp(-708), CorrelationFunction.Exp(Vector512.Create(x))[3], 1e-320);

    [Theory]
    [InlineData(Smoothness.Matern52)]
    [InlineData(Smoothness.SquaredExponential)]
    public void Evaluate_SquaredDistances_HasTheSlopeOfFiniteDifferences(Smoothness smoothness)
    {
        foreach (var squared in (double[])[0.01, 0.3, 1, 4, 30])
        {
            var step = 1e-5 * squared;
            var at = Vector512.Create(squared, squared + step, squared - step, 0, 0, 0, 0, 0);

            var values = CorrelationFunction.Evaluate(smoothness, at, out var slopes);

            Assert.Equal(-2 * (values[1] - values[2]) / (2 * step), slopes[0], 1e-8);
            Assert.Equal(1, values[3], 1e-15);
        }
    }

    private static double[] Normals(int count, ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var normals = new double[count];
        for (var i = 0; i < count; i++)
            normals[i] = stream.NextNormal();
        return normals;
    }
}
