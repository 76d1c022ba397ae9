using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using Attune.Algorithms.Tests.Surrogates;

namespace Attune.Algorithms.Tests.Acquisition;

public sealed class FeatureFunctionTests
{
    private static readonly SearchSpace Believed = new SearchSpaceBuilder()
        .Float("rate", 1e-4, 1, Scale.Log, prior: new NormalPrior(0.01, 0.2))
        .Categorical("kind", ["a", "b", "c"], prior: new WeightPrior([1, 4, 0]))
        .Float("extra", 0, 1, prior: new NormalPrior(1, 0.1), when: "kind == 'a'")
        .Build();

    public static TheoryData<string> Names() => ["process", "entropy", "cost", "path", "constrained", "violated", "fantasies", "penalty", "mean", "product", "none"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_OnePoint_HasTheValueOfManyAndTheGradientOfFiniteDifferences(string name)
    {
        var function = Make(name);
        var point = ReferenceProcess.Row(ReferenceProcess.Data(1, seed: 19).Features, 0);
        AssertGradient(function, point, [0, 1, 5]);
    }

    [Fact]
    public void PriorBelief_Point_IsTheSumOfLogarithmsRelativeToTheBest()
    {
        var map = new KernelFeatures(Believed);
        var belief = new PriorBelief(map, 0.5);
        var values = new double[4];
        belief.Evaluate(
            map.Encode(
            [
                Believed.Configure([new("rate", 0.01), new("kind", "b")]),
                Believed.Configure([new("rate", 0.1), new("kind", "b")]),
                Believed.Configure([new("rate", 0.01), new("kind", "a"), new("extra", 0.9)]),
                Believed.Configure([new("rate", 0.01), new("kind", "c")]),
            ]),
            values);

        // A decade is a quarter of the range, 1.25 spreads; 0.9 is one spread from 1; the weight of a is a quarter of the largest.
        Assert.Equal(0, values[0], 1e-12);
        Assert.Equal(0.5 * -0.5 * 1.25 * 1.25, values[1], 1e-12);
        Assert.Equal(0.5 * (Math.Log(0.25) - 0.5), values[2], 1e-12);
        Assert.Equal(0.5 * Math.Log(1e-6), values[3], 1e-12);
        AssertGradient(belief, map.Encode([Believed.Configure([new("rate", 0.2), new("kind", "a"), new("extra", 0.3)])]), [0, 4]);
    }

    [Fact]
    public void FantasyAcquisition_ManyDraws_IsTheExpectedImprovementAfterThePendingTrial()
    {
        // Two-step expectation by the trapezoidal rule over the outcome, with posteriors in closed form by the rule for one more point.
        var (features, targets) = ReferenceProcess.Data(9);
        var parameters = ReferenceProcess.Parameters(additive: true);
        var process = new GaussianProcess(ReferenceProcess.Map, Smoothness.Matern52, parameters, features, targets);
        var (points, _) = ReferenceProcess.Data(2, seed: 31);
        double[] query = ReferenceProcess.Row(points, 0), pending = ReferenceProcess.Row(points, 1);
        var (means, variances) = (new double[2], new double[2]);
        process.Predict(points, means, variances);
        var root = new double[6];
        process.Sample(points, [0, 0, 1, 0, 0, 1], root);
        var covariance = (root[2] - root[0]) * (root[3] - root[1]);
        var incumbent = targets.Min();
        var (expected, scale) = (0.0, Math.Sqrt(variances[1] + parameters.Noise));
        const double Step = 0.01;
        for (var z = -8.0; z < 8; z += Step)
        {
            var mean = means[0] + (covariance / scale * z);
            var own = means[1] + (variances[1] / scale * z);
            var deviation = Math.Sqrt(variances[0] - (covariance * covariance / (scale * scale)));
            expected += Step * NormalDistribution.Pdf(z) * new ExpectedImprovement(Math.Min(incumbent, own)).Value(mean, deviation);
        }

        var builder = new Algorithms.Samplers.MemberBuilder(
            new(AcquisitionKind.LogExpectedImprovement) { Pending = PendingMethod.Fantasies }, pending, [true], () => [],
            RandomKey.FromSeed(4));
        var found = new double[1];
        builder.Build(process, incumbent).Evaluate(query, found);
        Assert.Equal(Math.Log(expected), found[0], 0.05);
    }

    [Fact]
    public void LocalPenalty_FarAndNear_IsTheChanceOfBeingOutsideTheBall()
    {
        // L = 2, radius (1.5 − 0.5)/2: at distance 0.5 the chance is a half, at 1 it is Φ(1/0.4).
        var penalty = new LocalPenalty([0, 0], [1.5], [0.4], 0.5, 2);
        var values = new double[3];
        penalty.Evaluate([0.3, 0.4, 0.6, 0.8, 0, 0], values);
        Assert.Equal(Math.Log(0.5), values[0], 1e-9);
        Assert.Equal(NormalDistribution.LogCdf(2.5), values[1], 1e-9);
        Assert.Equal(NormalDistribution.LogCdf(-2.5), values[2], 1e-9);
    }

    private static IFeatureFunction Make(string name)
    {
        var (features, targets) = ReferenceProcess.Data(13);
        var process = new GaussianProcess(
            ReferenceProcess.Map, Smoothness.Matern52, ReferenceProcess.Parameters(additive: true), features, targets);
        var (pending, _) = ReferenceProcess.Data(3, seed: 8);
        var stream = RandomKey.FromSeed(2).CreateStream();
        var improvement = new ProcessAcquisition(process, new LogExpectedImprovement(0.1));
        var bound = new ProcessAcquisition(process, new UpperConfidenceBound(2));
        return name switch
        {
            "process" => improvement,
            "entropy" => new ProcessAcquisition(process, new MaxValueEntropySearch([-1, -0.4, 0.1])),
            "cost" => new ProcessAcquisition(process, new InverseCost(0.7)),
            "path" => new PathAcquisition(new(process, ref stream)),
            "constrained" => new ConstrainedPathAcquisition(new(process, ref stream), [(new(process, ref stream), 50, 2)]),
            "violated" => new ConstrainedPathAcquisition(
                new(process, ref stream), [(new(process, ref stream), -50, 2), (new(process, ref stream), -60, 0.5), (new(process, ref stream), 50, 2)]),
            "penalty" => new LocalPenalty(pending, [0.3, 0.9, 1.4], [0.2, 0.5, 0.7], 0.1, 3),
            "mean" => new LogMean([(improvement, 0), (bound, -1)]),
            "product" => new Product(improvement, bound),
            "none" => new Indifference(),
            _ => new Algorithms.Samplers.MemberBuilder(
                new(AcquisitionKind.LogExpectedImprovement) { Pending = PendingMethod.Fantasies }, pending, [true, true, false], () => [],
                RandomKey.FromSeed(3)).Build(process, 0.4),
        };
    }

    private static void AssertGradient(IFeatureFunction function, double[] point, int[] columns)
    {
        const double Step = 1e-5;
        var gradient = new double[columns.Length];
        var value = function.Evaluate(point, columns, gradient);
        var values = new double[3];
        for (var k = 0; k < columns.Length; k++)
        {
            double[] up = [.. point], down = [.. point];
            up[columns[k]] += Step;
            down[columns[k]] -= Step;
            function.Evaluate([.. point, .. up, .. down], values);
            Assert.Equal(values[0], value, 1e-9);
            var slope = (values[1] - values[2]) / (2 * Step);
            Assert.Equal(slope, gradient[k], 1e-6 * Math.Max(1, Math.Abs(slope)));
        }
    }
}
