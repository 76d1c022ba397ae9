using System.Text.Json;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

/// <summary>What the options of <c>gp</c> make of acquisition, pending trials, constraints, priors and costs.</summary>
public sealed class GpOptionsTests
{
    [Theory]
    [InlineData("ei")]
    [InlineData("log-aei")]
    [InlineData("ucb")]
    [InlineData("thompson")]
    [InlineData("max-value-entropy")]
    public void Propose_AcquisitionThatExplores_FindsMuchBetterThanSobol(string acquisition)
    {
        var branin = TestProblems.Branin();
        var (model, sobol) = (0.0, 0.0);
        for (var seed = 0UL; seed < 3; seed++)
        {
            var options = $$"""{"acquisition":"{{acquisition}}"}""";
            model += Best(Run(branin.Problem, "gp", options, seed, 25, (c, i) => branin.Evaluate(c, null, i)));
            sobol += Best(Run(branin.Problem, "sobol", "{}", seed, 25, (c, i) => branin.Evaluate(c, null, i)));
        }

        Assert.True(model - (3 * branin.Optimum[0]) < 0.5 * (sobol - (3 * branin.Optimum[0])), $"{model} against {sobol}");
    }

    [Theory]
    [InlineData("fantasies", 0.01)]
    [InlineData("hallucination", 1e-9)]
    [InlineData("local-penalization", 0.01)]
    [InlineData("constant-liar", 0.01)]
    public void Propose_ManyPending_KeepsThemApart(string pending, double least)
    {
        var branin = TestProblems.Branin();
        var sampler = Create(branin.Problem, "gp", $$"""{"pending":"{{pending}}"}""", 3, new Budget { Trials = 100 });
        var script = new JournalScript(JournalScript.Define(branin.Problem, 3, sampler.Descriptor), [sampler]);
        for (var i = 0; i < 12; i++)
        {
            var proposal = sampler.Propose(new(script.History, i, i), 1)[0];
            script.Complete(script.Start(proposal), branin.Evaluate(proposal.Configuration, null, i));
        }

        for (var i = 12; i < 20; i++)
            script.Start(sampler.Propose(new(script.History, i, i), 1)[0]);
        var unit = new double[8 * 2];
        branin.Problem.Space.Encode([.. script.History.Trials.Skip(12).Select(trial => trial.Configuration!)], unit);
        for (var a = 0; a < 8; a++)
        {
            for (var b = 0; b < a; b++)
                Assert.True(Math.Abs(unit[2 * a] - unit[2 * b]) + Math.Abs(unit[(2 * a) + 1] - unit[(2 * b) + 1]) > least, $"{a} and {b}");
        }
    }

    [Fact]
    public void Propose_OutcomeConstraint_ReachesItsBorderWhereTheOptimumLies()
    {
        // J. R. Gardner and others, ICML 2014, simulation 1: the optimum is −2 at (3π/2, 0).
        var space = new SearchSpaceBuilder().Float("x", 0, 6).Float("y", 0, 6).Build();
        var problem = new Problem(space, [new Objective("loss")], [new OutcomeConstraint("c", AtMost: 0.5)]);
        for (var seed = 0UL; seed < 2; seed++)
        {
            var script = Run(problem, "gp", "{}", seed, 35, (configuration, _) =>
            {
                var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
                return new([new("loss", (Math.Cos(2 * x) * Math.Cos(y)) + Math.Sin(x)), new("c", Math.Cos(x + y))]);
            });
            Assert.True(Best(script) < -1.9, $"seed {seed}: {Best(script)}");
        }
    }

    [Fact]
    public void Propose_NothingFeasibleYet_LooksForLegalGroundOnly()
    {
        // The loss draws away from the small feasible corner; a search for improvement would stay at x = 0.
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();
        var problem = new Problem(space, [new Objective("loss")], [new OutcomeConstraint("c", AtLeast: 1.85)]);
        var script = Run(problem, "gp", """{"initial":4}""", 5, 12, (configuration, _) =>
        {
            var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
            return new([new("loss", 10 * (x + y)), new("c", x + y)]);
        });
        Assert.Contains(script.History.Trials, trial => trial.IsFeasible);
    }

    [Fact]
    public void Propose_Prior_DrawsEarlyProposalsAndFadesWhenItIsWrong()
    {
        static Problem With(Prior? prior) => new(
            new SearchSpaceBuilder().Float("x", 0, 1, prior: prior).Float("y", 0, 1).Build(), [new Objective("loss")]);
        static MetricValues Loss(Configuration configuration, int trial) => new(
            "loss", Math.Pow(configuration.GetDouble("x") - 0.2, 2) + Math.Pow(configuration.GetDouble("y") - 0.6, 2));
        var misled = Run(With(new NormalPrior(0.9, 0.1)), "gp", """{"initial":4}""", 2, 30, Loss);
        var free = Run(With(null), "gp", """{"initial":4}""", 2, 30, Loss);
        double First(JournalScript script) => script.History.Trials.Skip(4).Take(2).Average(trial => trial.Configuration!.GetDouble("x"));
        Assert.True(First(misled) > First(free), $"{First(misled)} against {First(free)}");
        Assert.True(Best(misled) < 0.01, $"{Best(misled)}");
    }

    [Fact]
    public void Propose_CostBudget_SpendsLessOnEachTrial()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();
        var problem = new Problem(space, [new Objective("loss")], costMetric: "cost");
        double Spent(string options) => Enumerable.Range(0, 3).Sum(seed => Run(
            problem, "gp", options, (ulong)seed, 20,
            (configuration, _) =>
            {
                var (x, y) = (configuration.GetDouble("x"), configuration.GetDouble("y"));
                return new([new("loss", Math.Sin(9 * x) + Math.Cos(7 * y)), new("cost", Math.Exp(4 * y))]);
            },
            new Budget { Cost = 2_000 }).History.CostSpent);
        var (aware, blind) = (Spent("{}"), Spent("""{"cost_aware":false}"""));
        Assert.True(aware < 0.9 * blind, $"{aware} against {blind}");
    }

    private static double Best(JournalScript script) => script.History.Best!.Losses[0];

    private static Sampling.ISampler Create(Problem problem, string name, string options, ulong seed, Budget budget) =>
        MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(name, JsonElement.Parse(options)), new(problem, seed, budget));

    private static JournalScript Run(
        Problem problem, string name, string options, ulong seed, int trials, Func<Configuration, int, MetricValues> evaluate,
        Budget? budget = null)
    {
        var sampler = Create(problem, name, options, seed, budget ?? new Budget { Trials = trials });
        var script = new JournalScript(JournalScript.Define(problem, seed, sampler.Descriptor), [sampler]);
        for (var i = 0; i < trials; i++)
        {
            var proposal = sampler.Propose(new(script.History, i, i), 1)[0];
            script.Complete(script.Start(proposal), evaluate(proposal.Configuration, i));
        }

        return script;
    }
}
