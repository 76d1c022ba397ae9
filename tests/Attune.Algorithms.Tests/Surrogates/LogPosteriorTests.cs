using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using static Attune.Algorithms.Tests.Surrogates.ReferenceProcess;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class LogPosteriorTests
{
    [Theory]
    [MemberData(nameof(Kernels), MemberType = typeof(ReferenceProcess))]
    public void Evaluate_LogPosterior_HasTheGradientOfFiniteDifferences(Smoothness smoothness, bool additive)
    {
        var (features, targets) = Data(31);
        var posterior = new LogPosterior(Map, smoothness, new(Map, additive, null), features, targets);
        var point = Parameters(additive).ToLogarithms();
        var gradient = new double[point.Length];
        posterior.Evaluate(point, gradient);
        for (var i = 0; i < point.Length; i++)
        {
            const double Step = 1e-5;
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            var none = new double[point.Length];
            var slope = (posterior.Evaluate(up, none) - posterior.Evaluate(down, none)) / (2 * Step);
            Assert.Equal(slope, gradient[i], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void LogLikelihood_RandomData_EqualsTheFormulaWithADenseInverse()
    {
        // With c at its maximum, c² / 2 belongs to the exponent (Rasmussen and Williams, equation 2.30 and section 2.7).
        var parameters = Parameters(additive: true);
        var (features, targets) = Data(14);
        var posterior = new LogPosterior(Map, Smoothness.Matern52, new(Map, isAdditive: true, null), features, targets);
        var inverse = Inverse(Smoothness.Matern52, parameters, features);
        var ones = new double[14];
        Array.Fill(ones, 1);
        var c = Bilinear(ones, inverse, targets) / (1 + Bilinear(ones, inverse, ones));
        double[] centred = [.. targets.Select(target => target - c)];
        var expected = -0.5 * (Bilinear(centred, inverse, centred) + (c * c) - LogDeterminant(inverse));
        Assert.Equal(expected, posterior.LogLikelihood(parameters.ToLogarithms()), 1e-8);
    }

    [Fact]
    public void Move_EllipticalSlices_DrawFromAGaussianPosterior()
    {
        // With no data the posterior is the prior: the draws must have its moments.
        var posterior = new LogPosterior(Map, Smoothness.Matern52, new(Map, isAdditive: false, null), [], []);
        var state = posterior.Prior.Means.ToArray();
        var approximation = LaplaceApproximation.Of(posterior, posterior.Prior.Means.ToArray());
        var stream = RandomKey.FromSeed(4).CreateStream();
        var (sum, squares) = (0.0, 0.0);
        const int Draws = 4_000;
        for (var i = 0; i < Draws; i++)
        {
            EllipticalSliceSampler.Move(posterior, approximation, state, 1, ref stream);
            var z = (state[0] - posterior.Prior.Means[0]) / posterior.Prior.Deviations[0];
            sum += z;
            squares += z * z;
        }

        // Draws are nearly uncorrelated without data; the bounds are five standard errors.
        Assert.InRange(sum / Draws, -0.08, 0.08);
        Assert.InRange(squares / Draws, 0.88, 1.12);
    }
}
