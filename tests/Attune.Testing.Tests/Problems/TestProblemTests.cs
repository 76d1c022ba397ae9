using System.Globalization;

namespace Attune.Testing.Tests.Problems;

public sealed class TestProblemTests
{
    public static TheoryData<string, string> Minima() => new()
    {
        { "branin", "-3.14159265358979,12.275" },
        { "branin", "3.14159265358979,2.275" },
        { "branin", "9.42477796076938,2.475" },
        { "hartmann6", "0.20168951,0.15001069,0.47687398,0.27533243,0.31165162,0.65730053" },
        { "sphere", "0.3,0.3,0.3,0.3" },
    };

    [Theory]
    [MemberData(nameof(Minima))]
    public void Evaluate_AtAPublishedMinimum_GivesThePublishedValue(string name, string place)
    {
        var problem = TestProblems.All.Single(problem => problem.Name == name);
        var values = place.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture));
        var configuration = problem.Problem.Space.Configure(problem.Problem.Space.Parameters.Zip(
            values, (parameter, value) => KeyValuePair.Create(parameter.Name, ParameterValue.Of(value))));
        Assert.Equal(problem.Optimum[0], problem.Evaluate(configuration, null, 0)["loss"], 1e-6);
    }

    [Fact]
    public void Evaluate_ConditionalAtItsMinimum_IsZero()
    {
        var problem = TestProblems.Conditional();
        var best = problem.Problem.Space.Configure(new Dictionary<string, ParameterValue>
        {
            ["model"] = "kernel", ["rate"] = 0.01, ["width"] = 1.0, ["depth"] = 4,
        });
        Assert.Equal(0, problem.Evaluate(best, null, 0)["loss"], 1e-12);
        var other = problem.Problem.Space.Configure(new Dictionary<string, ParameterValue>
        {
            ["model"] = "linear", ["rate"] = 0.01, ["shrinkage"] = 0.5,
        });
        Assert.Equal(0.2, problem.Evaluate(other, null, 0)["loss"], 1e-12);
    }

    [Fact]
    public void Evaluate_Anywhere_IsNoBetterThanTheOptimum()
    {
        foreach (var problem in TestProblems.All.Where(problem => problem.Name != "noisy"))
        {
            var stream = Numerics.RandomKey.FromSeed(4).CreateStream();
            for (var i = 0; i < 2_000; i++)
            {
                var metrics = problem.Evaluate(problem.Problem.Space.Sample(ref stream), null, i);
                for (var j = 0; j < problem.Optimum.Count; j++)
                    Assert.True(metrics[problem.Problem.Objectives[j].Metric] >= problem.Optimum[j] - 1e-12, problem.Name);
            }
        }
    }

    [Fact]
    public void Evaluate_Noisy_HasTheStatedDeviationAndDependsOnTheSeedAlone()
    {
        var (quiet, noisy) = (TestProblems.Sphere(2), TestProblems.Noisy(0.1));
        var (here, there) = (quiet.Problem.Space.Default(), noisy.Problem.Space.Default());
        var errors = Enumerable.Range(0, 4_000)
            .Select(seed => noisy.Evaluate(there, null, seed)["loss"] - quiet.Evaluate(here, null, 0)["loss"]).ToArray();

        // Four standard errors of a mean and of a variance of 4,000 normal numbers.
        Assert.InRange(errors.Average(), -4 * 0.1 / Math.Sqrt(4_000), 4 * 0.1 / Math.Sqrt(4_000));
        Assert.InRange(errors.Sum(error => error * error) / 4_000, 0.01 * (1 - (4 * Math.Sqrt(2.0 / 4_000))),
            0.01 * (1 + (4 * Math.Sqrt(2.0 / 4_000))));
        Assert.Equal(noisy.Evaluate(there, null, 7)["loss"], noisy.Evaluate(there, null, 7)["loss"]);
    }
}
