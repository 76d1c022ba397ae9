using System.Text.Json;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class TurboSamplerTests
{
    [Theory]
    [InlineData("log-ei", 3)]
    [InlineData("thompson", 3)]
    public void Propose_HartmannFewTrials_FindsMuchBetterThanSobol(string acquisition, int seeds)
    {
        var problem = TestProblems.Hartmann6();
        var (model, sobol) = (new List<double>(), new List<double>());
        for (var seed = 0UL; seed < (ulong)seeds; seed++)
        {
            model.Add(Run(problem.Problem, "turbo", $$"""{"acquisition":"{{acquisition}}","candidates":200}""", seed, 45, c => Loss(problem, c)));
            sobol.Add(Run(problem.Problem, "sobol", "{}", seed, 45, c => Loss(problem, c)));
        }

        Assert.True(model.Order().ElementAt(1) < sobol.Order().ElementAt(1) - 0.5, $"{string.Join(", ", model)} against {string.Join(", ", sobol)}");
    }

    [Theory]
    [InlineData("turbo")]
    [InlineData("scbo")]
    public void Propose_OutcomeConstraints_ComesNearTheBestFeasiblePoint(string sampler)
    {
        // The largest x + y within the unit circle and below y = 0.6 is at (0.8, 0.6), where both constraints are active.
        var space = new SearchSpaceBuilder().Float("x", 0, 2).Float("y", 0, 2).Build();
        var problem = new Problem(space, [new("loss")], [new OutcomeConstraint("radius", AtMost: 1), new OutcomeConstraint("y", AtMost: 0.6)]);

        var best = Run(problem, sampler, """{"candidates":300}""", 4, 40, configuration =>
        {
            var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
            return new([new("loss", -x - y), new("radius", (x * x) + (y * y)), new("y", y)]);
        });

        Assert.InRange(best, -1.4 - 1e-9, -1.37);
    }

    [Theory]
    [InlineData("turbo")]
    [InlineData("scbo")]
    public void Create_LengthsInTheWrongOrder_SaysWhatIsAllowed(string sampler)
    {
        var descriptor = MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse("""{"initial_length":0.1,"shortest_length":0.2}"""));
        var problem = new Problem(new([new FloatParameter("x", 0, 1)]), [new("loss")]);

        var exception = Assert.Throws<ProblemException>(
            () => MethodRegistry.Default.CreateSampler(descriptor, new(problem, 1, Budget.Unlimited)));

        Assert.Contains("initial_length is 0.1, but must be from shortest_length, 0.2, to longest_length, 1.6", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_AfterARestart_GoesOnThroughTheDesign()
    {
        var space = new SearchSpace([new FloatParameter("x", 0, 1), new FloatParameter("y", 0, 1)]);
        var problem = new Problem(space, [new("loss")]);
        var descriptor = MethodRegistry.Default.DescribeSampler(
            "turbo", JsonElement.Parse("""{"initial":4,"failures":2,"shortest_length":0.5,"candidates":32}"""));
        var sampler = MethodRegistry.Default.CreateSampler(descriptor, new(problem, 7, Budget.Unlimited));
        var script = new JournalScript(JournalScript.Define(problem, 7, descriptor), [sampler]);
        for (var i = 0; i < 12; i++)
        {
            var trial = script.Start(sampler.Propose(new(script.History, i, script.History.SamplerIndex), 1)[0]);

            // The first trial is the best, so that whatever the model proposes fails.
            script.Complete(trial, new("loss", i == 0 ? 0 : 1 + script.History.Trials[trial].Configuration!.GetDouble("x")));
        }

        var reasons = script.History.Trials.Select(trial => JsonElement.Parse(trial.Annotation!)).ToArray();
        Assert.Equal(
            [.. Enumerable.Repeat("design", 4), "log-ei", "log-ei", .. Enumerable.Repeat("design", 4), "log-ei", "log-ei"],
            reasons.Select(annotation => annotation.GetProperty("reason").GetString()));
        Assert.Equal(0, reasons[4].GetProperty("region").GetProperty("restarts").GetInt32());
        Assert.Equal(1, reasons[11].GetProperty("region").GetProperty("restarts").GetInt32());
        Assert.Equal(12, script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
    }

    [Fact]
    public void Propose_EveryModelProposal_LiesInTheRegionThatItTells()
    {
        var space = new SearchSpace(Enumerable.Range(0, 4).Select(i => new FloatParameter($"x{i}", 0, 1)));
        var problem = new Problem(space, [new("loss")]);
        var descriptor = MethodRegistry.Default.DescribeSampler(
            "turbo", JsonElement.Parse("""{"initial":8,"initial_length":0.05,"shortest_length":0.001,"candidates":64}"""));
        var sampler = MethodRegistry.Default.CreateSampler(descriptor, new(problem, 7, Budget.Unlimited));
        var script = new JournalScript(JournalScript.Define(problem, 7, descriptor), [sampler]);
        for (var i = 0; i < 20; i++)
        {
            var trial = script.Start(sampler.Propose(new(script.History, i, i), 1)[0]);
            script.Complete(trial, new("loss", script.History.Trials[trial].Configuration!.Numbers.ToArray().Sum(x => (x - 0.3) * (x - 0.3))));
        }

        // The sides are 0.05 in the geometric mean, doubled at most twice here; all lie near one another.
        var regional = script.History.Trials.Skip(8).ToArray();
        foreach (var trial in regional)
        {
            var near = script.History.Trials.Take(trial.Number).Min(other => Distance(other.Configuration!, trial.Configuration!));
            Assert.True(near < 0.3, $"trial {trial.Number} is {near} from all before");
        }
    }

    private static double Distance(Configuration left, Configuration right)
    {
        var largest = 0.0;
        for (var i = 0; i < left.Numbers.Length; i++)
            largest = Math.Max(largest, Math.Abs(left.Numbers[i] - right.Numbers[i]));
        return largest;
    }

    private static MetricValues Loss(TestProblem problem, Configuration configuration) => problem.Evaluate(configuration, 1, 0);

    /// <summary>The best feasible loss.</summary>
    private static double Run(
        Problem problem, string sampler, string options, ulong seed, int trials, Func<Configuration, MetricValues> evaluate)
    {
        var descriptor = MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse(options));
        var made = MethodRegistry.Default.CreateSampler(descriptor, new(problem, seed, new Budget { Trials = trials }));
        var script = new JournalScript(JournalScript.Define(problem, seed, descriptor), [made]);
        for (var i = 0; i < trials; i++)
        {
            var trial = script.Start(made.Propose(new(script.History, i, i), 1)[0]);
            script.Complete(trial, evaluate(script.History.Trials[trial].Configuration!));
        }

        return script.History.Best!.Losses[0];
    }
}
