using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

/// <summary>
/// Simulation-based calibration (S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman, "Validating Bayesian inference algorithms
/// with simulation-based calibration", arXiv 1804.06788, 2018): hyperparameters are drawn from the prior and data from the model; the
/// rank of the truth among draws from the posterior is then uniform, and posterior intervals cover what they claim.
/// </summary>
public sealed class HyperparameterCalibrationTests
{
    private const int Simulations = 160;
    private const int Points = 20;
    private const int Draws = 7;

    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();

    private static readonly KernelFeatures Map = new(Space);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_DataFromTheModelsOwnPrior_PutsTheTruthAtAnyRankEquallyOften(bool additive)
    {
        var prior = new HyperparameterPrior(Map, additive, null);
        var counts = new int[prior.Dimensions, Draws + 1];
        for (var simulation = 0; simulation < Simulations; simulation++)
        {
            var key = RandomKey.FromSeed(11).Derive(1, (ulong)simulation, 1);
            var stream = key.CreateStream();
            var truth = FromPrior(prior, ref stream);
            var features = Features(Points, ref stream);
            var targets = Values(truth, features, 0, ref stream);
            var posterior = new LogPosterior(Map, Smoothness.Matern52, prior, features, targets);
            var draws = GaussianProcessSurrogate.Draw(posterior, Mode(posterior, key), Draws, 15, key);
            var logarithms = draws.ConvertAll(draw => draw.ToLogarithms());
            for (var i = 0; i < prior.Dimensions; i++)
                counts[i, logarithms.Count(draw => draw[i] < truth[i])]++;
        }

        for (var i = 0; i < prior.Dimensions; i++)
        {
            var expected = Simulations / (Draws + 1.0);
            var chiSquare = Enumerable.Range(0, Draws + 1).Sum(rank => Math.Pow(counts[i, rank] - expected, 2) / expected);

            // The quantile of 0.9995 with 7 degrees of freedom: eleven hyperparameters in all.
            Assert.True(chiSquare < 26.0, $"hyperparameter {i}: {chiSquare:F1}, ranks "
                + string.Join(' ', Enumerable.Range(0, Draws + 1).Select(rank => counts[i, rank])));
        }
    }

    [Fact]
    public void Predict_DataFromTheModelsOwnPrior_CoversWhatItClaims()
    {
        const int Tests = 25;
        double[] levels = [0.5, 0.8, 0.95];
        var prior = new HyperparameterPrior(Map, isAdditive: true, null);
        var covered = new double[2, levels.Length];
        for (var simulation = 0; simulation < Simulations; simulation++)
        {
            var key = RandomKey.FromSeed(12).Derive(1, (ulong)simulation, 1);
            var stream = key.CreateStream();
            var truth = FromPrior(prior, ref stream);
            var features = Features(Points + Tests, ref stream);
            var values = Values(truth, features, Tests, ref stream);
            var (trained, targets) = (features[..(Points * Map.Columns)], values[..Points]);
            var posterior = new LogPosterior(Map, Smoothness.Matern52, prior, trained, targets);
            var draws = GaussianProcessSurrogate.Draw(
                posterior, Mode(posterior, key), 8, GaussianProcessSurrogate.DefaultSteps, key);
            var mixture = new GaussianProcessMixture(
                [.. draws.Select(draw => new GaussianProcess(Map, Smoothness.Matern52, draw, trained, targets))]);
            var (means, variances) = (new double[Tests], new double[Tests]);
            mixture.Predict(features.AsSpan(Points * Map.Columns), means, variances);
            var noise = Math.Exp(truth[Map.Components.Length + 1]);
            for (var i = 0; i < Tests; i++)
            {
                var error = values[Points + i] - means[i];
                var noisy = error + (Math.Sqrt(noise) * stream.NextNormal());
                for (var level = 0; level < levels.Length; level++)
                {
                    var z = NormalDistribution.Quantile(0.5 + (levels[level] / 2));
                    covered[0, level] += Math.Abs(error) <= z * Math.Sqrt(variances[i]) ? 1.0 / Tests / Simulations : 0;
                    covered[1, level] += Math.Abs(noisy) <= z * Math.Sqrt(variances[i] + mixture.Noise) ? 1.0 / Tests / Simulations : 0;
                }
            }
        }

        // The bounds are about three standard errors, functions being the independent units.
        for (var kind = 0; kind < 2; kind++)
        {
            Assert.Equal(0.5, covered[kind, 0], 0.06);
            Assert.Equal(0.8, covered[kind, 1], 0.05);
            Assert.Equal(0.95, covered[kind, 2], 0.03);
        }
    }

    private static Hyperparameters Mode(LogPosterior posterior, RandomKey key) =>
        GaussianProcessFit.Fit(posterior, Map.Components.Length, isThorough: true, null, key).Parameters;

    private static double[] FromPrior(HyperparameterPrior prior, ref RandomStream stream)
    {
        var point = new double[prior.Dimensions];
        for (var i = 0; i < point.Length; i++)
        {
            do
                point[i] = prior.Means[i] + (prior.Deviations[i] * stream.NextNormal());
            while (point[i] < prior.Lower[i] || point[i] > prior.Upper[i]);
        }

        return point;
    }

    private static double[] Features(int count, ref RandomStream stream)
    {
        var points = new Configuration[count];
        for (var i = 0; i < count; i++)
            points[i] = Space.Sample(ref stream);
        return Map.Encode(points);
    }

    /// <summary>A draw of the model at all points, with noise at all but the last ones, about a constant that is standard normal.</summary>
    private static double[] Values(double[] truth, double[] features, int noiseFree, ref RandomStream stream)
    {
        var parameters = Hyperparameters.FromLogarithms(truth, Map.Components.Length);
        var n = features.Length / Map.Columns;
        var covariances = new double[n * n];
        new Covariance(Map, Smoothness.Matern52, parameters, features).Fill(covariances);
        for (var i = n - noiseFree; i < n; i++)
            covariances[(i * n) + i] -= parameters.Noise;
        var factor = new CholeskyFactor();
        factor.Factorize(covariances, n, JitterPolicy.Default);
        var (normals, values) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            normals[i] = stream.NextNormal();
        factor.MultiplyLower(normals, values);
        var constant = stream.NextNormal();
        return Array.ConvertAll(values, value => value + constant);
    }
}
