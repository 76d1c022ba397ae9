using System.Text.Json;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Forest;

public sealed class ForestSamplerTests
{
    [Fact]
    public void Propose_SixFloats_FindsBetterThanSobol()
    {
        var problem = TestProblems.All.Single(problem => problem.Name == "hartmann6");
        var (model, sobol) = (new List<double>(), new List<double>());
        for (var seed = 0UL; seed < 5; seed++)
        {
            model.Add(Regret(problem, "forest", seed, 50));
            sobol.Add(Regret(problem, "sobol", seed, 50));
        }

        Assert.True(Median(model) < 0.75 * Median(sobol), $"median regret {Median(model)} against {Median(sobol)}");
    }

    [Fact]
    public void Propose_ManyChoices_FindsTheBestCombination()
    {
        // 8^6 combinations of which one is best; each choice counts by itself.
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < 6; i++)
            builder.Categorical($"c{i}", ["a", "b", "c", "d", "e", "f", "g", "h"]);
        var problem = new Problem(builder.Build(), [new Objective("loss") { Noise = Noise.Deterministic }]);
        var regrets = new List<double>();
        for (var seed = 0UL; seed < 5; seed++)
        {
            regrets.Add(Run(problem, "forest", seed, 100, (configuration, _) =>
                new("loss", Enumerable.Range(0, 6).Sum(i => Math.Abs((i + 1) % 8 - configuration.Numbers[i]) > 0 ? 1.0 : 0)))
                .History.Best!.Losses[0]);
        }

        Assert.True(Median(regrets) <= 1, string.Join(' ', regrets));
    }

    [Fact]
    public void Propose_ConditionalProblem_ChoosesTheBetterBranch()
    {
        var problem = TestProblems.Conditional();
        var regrets = Enumerable.Range(0, 5).Select(seed => Regret(problem, "forest", (ulong)seed, 50)).ToArray();
        Assert.True(Median(regrets) < 0.1, string.Join(' ', regrets));
    }

    [Fact]
    public void Propose_EveryProposal_SaysWhy()
    {
        var problem = TestProblems.Conditional();
        var script = Run(problem, "forest", 1, 40);
        var annotated = script.History.Trials.Select(trial => JsonElement.Parse(trial.Annotation!)).ToArray();
        Assert.Equal(problem.Problem.Space.Default(), script.History.Trials[0].Configuration);
        Assert.All(annotated.Take(6), annotation => Assert.Equal("design", annotation.GetProperty("reason").GetString()));
        var chosen = annotated.Skip(6).Where(annotation => annotation.GetProperty("reason").GetString() == "log-ei").ToArray();
        Assert.InRange(chosen.Length, 25, 34);
        Assert.All(chosen, annotation =>
        {
            Assert.True(double.IsFinite(annotation.GetProperty("mean").GetDouble()));
            Assert.InRange(annotation.GetProperty("nearest").GetInt32(), 0, 39);
            Assert.True(annotation.GetProperty("distance").GetDouble() > 0);
            Assert.True(annotation.GetProperty("deviation").GetDouble() > 0);
            Assert.True(annotation.GetProperty("noise").GetDouble() >= 0);
            Assert.True(annotation.GetProperty("acquisition").GetDouble() < 2);
        });
    }

    [Fact]
    public void Propose_PendingTrials_AreKeptAwayFrom()
    {
        var problem = TestProblems.Branin();
        var script = Run(problem, "forest", 4, 30);
        var sampler = Create(problem.Problem, "forest", 4, 300);
        JournalScript.Replay(script.Events, sampler);
        var batch = sampler.Propose(new(script.History, 30, 30), 8).Select(proposal => proposal.Configuration).ToArray();
        var unit = new double[16];
        problem.Problem.Space.Encode(batch, unit);
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.True(Math.Abs(unit[2 * i] - unit[2 * j]) + Math.Abs(unit[(2 * i) + 1] - unit[(2 * j) + 1]) > 1e-6);
        }
    }

    private static double Regret(TestProblem problem, string name, ulong seed, int trials) =>
        Run(problem, name, seed, trials).History.Best!.Losses[0] - problem.Optimum[0];

    private static JournalScript Run(TestProblem problem, string name, ulong seed, int trials) =>
        Run(problem.Problem, name, seed, trials, (configuration, trial) => problem.Evaluate(configuration, null, trial));

    private static JournalScript Run(
        Problem problem, string name, ulong seed, int trials, Func<Configuration, int, MetricValues> evaluate)
    {
        var sampler = Create(problem, name, seed, trials * 10);
        var script = new JournalScript(JournalScript.Define(problem, seed, sampler.Descriptor), [sampler]);
        for (var i = 0; i < trials; i++)
        {
            var proposal = sampler.Propose(new(script.History, i, i), 1)[0];
            script.Complete(script.Start(proposal), evaluate(proposal.Configuration, i));
        }

        return script;
    }

    private static ISampler Create(Problem problem, string name, ulong seed, int trials) => MethodRegistry.Default.CreateSampler(
        MethodRegistry.Default.DescribeSampler(name), new(problem, seed, new Budget { Trials = trials }));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
