using System.Text.Json;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Parzen;

public sealed class TpeSamplerTests
{
    [Theory]
    [InlineData("branin", 50)]
    [InlineData("hartmann6", 60)]
    public void Propose_FewTrials_FindsMuchBetterThanSobol(string name, int trials)
    {
        var problem = TestProblems.All.Single(problem => problem.Name == name);
        var (model, sobol) = (new List<double>(), new List<double>());
        for (var seed = 0UL; seed < 10; seed++)
        {
            model.Add(Regret(problem, "tpe", seed, trials));
            sobol.Add(Regret(problem, "sobol", seed, trials));
        }

        Assert.True(Median(model) < 0.5 * Median(sobol), $"median regret {Median(model)} against {Median(sobol)}");
    }

    [Fact]
    public void Propose_BranchWithAWorseAverageButTheBestOptimum_IsFound()
    {
        // Two of three branches are better on average; the third holds the optimum, 0, at x = 0.7, n = 12.
        var space = new SearchSpaceBuilder()
            .Categorical("model", ["flat", "slope", "deep"])
            .Float("weight", 0, 1, when: "model == 'slope'")
            .Float("x", 0, 1, when: "model == 'deep'")
            .Int("n", 1, 20, when: "model == 'deep'")
            .Build();
        var problem = new Problem(space, [new Objective("loss")]);
        var last = new List<double>();
        for (var seed = 0UL; seed < 10; seed++)
        {
            var script = Run(problem, "tpe", seed, 60, configuration => new("loss", configuration.GetText("model") switch
            {
                "flat" => 0.3,
                "slope" => 0.25 + (0.1 * configuration.GetDouble("weight")),
                _ => Math.Pow(configuration.GetDouble("x") - 0.7, 2) + (0.01 * Math.Pow(configuration.GetInt("n") - 12, 2)),
            }));
            last.Add(script.History.Best!.Losses[0]);
        }

        Assert.True(Median(last) < 0.01, $"median {Median(last)}");
        Assert.True(last.Max() < 0.1, $"worst {last.Max()}");
    }

    [Fact]
    public void Propose_First_GivesTheDefaultsOnceAndThenSobolPoints()
    {
        var problem = TestProblems.Hartmann6();
        var script = Run(problem, "tpe", 1, 12);
        var reasons = script.History.Trials
            .Select(trial => JsonElement.Parse(trial.Annotation!).GetProperty("reason").GetString()).ToArray();
        Assert.Equal(Enumerable.Repeat("design", 8), reasons.Take(8));
        Assert.Equal(Enumerable.Repeat("density-ratio", 4), reasons.Skip(8));
        Assert.Equal(problem.Problem.Space.Default(), script.History.Trials[0].Configuration);
        Assert.Equal(12, script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
    }

    [Fact]
    public void Propose_EveryModelProposal_TellsTheRatioOfTheDensities()
    {
        var script = Run(TestProblems.Branin(), "tpe", 1, 30);
        var annotation = JsonElement.Parse(script.History.Trials[^1].Annotation!);
        Assert.Equal(3, annotation.GetProperty("good").GetInt32());
        Assert.Equal(26, annotation.GetProperty("bad").GetInt32());
        Assert.True(annotation.GetProperty("acquisition").GetDouble() > 0);
        Assert.True(script.History.Trials[^1].Annotation!.Length < 100);
    }

    [Fact]
    public void Propose_WhilePending_StaysAwayFromWhatIsPending()
    {
        // The distance to the nearest pending trial, with eight pending, against that of eight proposals that know of none.
        var (aware, blind) = (0.0, 0.0);
        for (var seed = 0UL; seed < 10; seed++)
        {
            var problem = TestProblems.Branin();
            var (script, sampler) = Begin(problem.Problem, "tpe", seed);
            Drive(script, sampler, 30, configuration => problem.Evaluate(configuration, null, 0));
            var together = sampler.Propose(Next(script), 8).Select(proposal => proposal.Configuration).ToArray();
            var alone = Enumerable.Range(0, 8)
                .Select(i => sampler.Propose(Next(script) with { Index = script.History.SamplerIndex + i }, 1)[0].Configuration).ToArray();
            aware += Spread(together);
            blind += Spread(alone);
        }

        Assert.True(aware > 1.2 * blind, $"{aware} against {blind}");
    }

    [Fact]
    public void Propose_ConfidentPrior_BeginsThereAndLearnsBetter()
    {
        // The prior says 0.2, the truth is 0.8.
        var space = new SearchSpaceBuilder().Float("x", 0, 1, prior: new NormalPrior(0.2, 0.1)).Float("y", 0, 1).Build();
        var problem = new Problem(space, [new Objective("loss")]);
        var script = Run(problem, "tpe", 3, 80, configuration =>
            new("loss", Math.Pow(configuration.GetDouble("x") - 0.8, 2) + Math.Pow(configuration.GetDouble("y") - 0.4, 2)));
        var places = script.History.Trials.Select(trial => trial.Configuration!.GetDouble("x")).ToArray();
        Assert.True(places.Skip(1).Take(3).Average() < 0.4);
        Assert.True(Median(places.Skip(60)) > 0.6);
    }

    [Fact]
    public void Propose_ChoiceOfNoWeight_IsNeverProposed()
    {
        var script = Run(new Problem(TestSpaces.Priors(), [new Objective("loss")]), "tpe", 4, 60, configuration =>
            new("loss", Math.Abs(configuration.GetDouble("x") - 0.5)));
        Assert.DoesNotContain(script.History.Trials, trial => trial.Configuration!.GetText("kind") == "a");
    }

    [Fact]
    public void Propose_BestOnTheBounds_ReachesThem()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 1e-4, 1, Scale.Log).Int("n", 1, 100).Build();
        var script = Run(new Problem(space, [new Objective("loss")]), "tpe", 5, 60, configuration => new(
            "loss", configuration.GetDouble("x") - Math.Log(configuration.GetDouble("y")) + (configuration.GetInt("n") / 100.0)));
        var best = script.History.Best!.Configuration!;
        Assert.Equal((0.0, 1.0, 1), (best.GetDouble("x"), best.GetDouble("y"), best.GetInt("n")));
    }

    [Fact]
    public void Propose_TwoObjectives_SpreadsOverTheFront()
    {
        var problem = TestProblems.TwoObjectives();
        var script = Run(problem, "tpe", 2, 80);

        // On the Pareto set y = 0 and x runs from 0 to 1.
        var near = script.History.Trials.Select(trial => trial.Configuration!)
            .Where(configuration => Math.Abs(configuration.GetDouble("y")) < 0.2).Select(configuration => configuration.GetDouble("x"))
            .ToArray();
        Assert.Contains(near, x => x is > -0.1 and < 0.25);
        Assert.Contains(near, x => x is > 0.35 and < 0.65);
        Assert.Contains(near, x => x is > 0.75 and < 1.1);
    }

    [Fact]
    public void Propose_OutcomeConstraint_FindsTheFeasibleOptimum()
    {
        // Minimise x + y where x² + y² ≥ 1 within the unit square's corner box [0, 2]²: the best are (1, 0) and (0, 1).
        var space = new SearchSpaceBuilder().Float("x", 0, 2).Float("y", 0, 2).Build();
        var problem = new Problem(space, [new Objective("loss")], [new OutcomeConstraint("radius", AtLeast: 1)]);
        var found = new List<double>();
        for (var seed = 0UL; seed < 5; seed++)
        {
            var script = Run(problem, "tpe", seed, 80, configuration =>
            {
                var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
                return new([new("loss", x + y), new("radius", (x * x) + (y * y))]);
            });
            found.Add(script.History.Best!.Losses[0]);
        }

        Assert.True(Median(found) < 1.15, $"median {Median(found)}");
    }

    private static double Spread(Configuration[] configurations)
    {
        var unit = new double[configurations.Length * 2];
        configurations[0].Space.Encode(configurations, unit);
        return Enumerable.Range(0, configurations.Length).Average(i => Enumerable.Range(0, configurations.Length).Where(j => j != i)
            .Min(j => Math.Sqrt(Math.Pow(unit[2 * i] - unit[2 * j], 2) + Math.Pow(unit[(2 * i) + 1] - unit[(2 * j) + 1], 2))));
    }

    private static double Regret(TestProblem problem, string name, ulong seed, int trials) =>
        Run(problem, name, seed, trials).History.Best!.Losses[0] - problem.Optimum[0];

    private static JournalScript Run(TestProblem problem, string name, ulong seed, int trials) =>
        Run(problem.Problem, name, seed, trials, configuration => problem.Evaluate(configuration, null, 0));

    private static JournalScript Run(
        Problem problem, string name, ulong seed, int trials, Func<Configuration, MetricValues> evaluate)
    {
        var (script, sampler) = Begin(problem, name, seed);
        Drive(script, sampler, trials, evaluate);
        return script;
    }

    private static (JournalScript Script, ISampler Sampler) Begin(Problem problem, string name, ulong seed)
    {
        var sampler = MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(name), new(problem, seed, new Budget { Trials = 1_000 }));
        return (new(JournalScript.Define(problem, seed, sampler.Descriptor), [sampler]), sampler);
    }

    private static void Drive(JournalScript script, ISampler sampler, int trials, Func<Configuration, MetricValues> evaluate)
    {
        for (var i = 0; i < trials; i++)
        {
            var proposal = sampler.Propose(Next(script), 1)[0];
            script.Complete(script.Start(proposal), evaluate(proposal.Configuration));
        }
    }

    private static ProposalContext Next(JournalScript script) =>
        new(script.History, script.History.Trials.Count, script.History.SamplerIndex);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
