using Attune.Algorithms.Surrogates;
using System.Text.Json;
using Attune.Algorithms.Samplers;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class GpSamplerTests
{
    [Theory]
    [InlineData("gp-ucb", "branin", 30)]
    [InlineData("gp-ucb", "hartmann6", 40)]
    [InlineData("gp", "branin", 25)]
    [InlineData("gp", "hartmann6", 35)]
    [InlineData("auto", "branin", 25)]
    public void Propose_FewTrials_FindsMuchBetterThanSobol(string sampler, string name, int trials)
    {
        var problem = TestProblems.All.Single(problem => problem.Name == name);
        var (model, sobol) = (new List<double>(), new List<double>());
        for (var seed = 0UL; seed < 5; seed++)
        {
            model.Add(Regret(problem, sampler, seed, trials));
            sobol.Add(Regret(problem, "sobol", seed, trials));
        }

        Assert.True(Median(model) < 0.5 * Median(sobol), $"median regret {Median(model)} against {Median(sobol)}");
    }

    [Theory]
    [InlineData("gp-ucb")]
    [InlineData("gp")]
    public void Propose_ConditionalProblem_ChoosesTheBetterBranch(string sampler) =>
        Assert.True(Regret(TestProblems.Conditional(), sampler, 3, 40) < 0.05);

    [Theory]
    [InlineData("gp-ucb", "ucb")]
    [InlineData("gp", "log-ei")]
    public void Propose_EveryModelProposal_TellsWhyAndLeavesItsHyperparameters(string sampler, string reason)
    {
        var problem = TestProblems.Conditional();
        var (script, _) = Run(problem, sampler, 1, 12);
        var annotated = script.History.Trials.Select(trial => JsonElement.Parse(trial.Annotation!)).ToArray();
        Assert.All(annotated, annotation => Assert.Equal(sampler, annotation.GetProperty("method").GetString()));
        Assert.All(annotated.Take(6), annotation => Assert.Equal("design", annotation.GetProperty("reason").GetString()));
        Assert.All(annotated.Skip(6), annotation => Assert.Equal(reason, annotation.GetProperty("reason").GetString()));
        foreach (var name in new[] { "mean", "deviation", "noise", "acquisition", "nearest", "distance" })
            Assert.Equal(JsonValueKind.Number, annotated[^1].GetProperty(name).ValueKind);
        var groups = new KernelFeatures(problem.Problem.Space).Components.Length;
        var read = GpState.Read(script.History.Trials[^1].Annotation, groups)!;
        Assert.Equal(11, read.Fitted);
        Assert.All(read.Parameters.Lengths, length => Assert.InRange(length, 0.01, 300));
        Assert.Equal(sampler == "gp", read.Parameters.IsAdditive);
        Assert.Null(GpState.Read(script.History.Trials[^1].Annotation, groups + 1));
    }

    [Fact]
    public void Select_MoreTrialsThanTheModelHolds_TakesTheBestHalfAndTheNewest()
    {
        var problem = TestProblems.Branin();
        var script = new JournalScript(JournalScript.Define(problem.Problem, 1));
        var data = new ModelData("gp-ucb");
        double[] losses = [5, 1, 9, 2, 8, 7, 3, 6, 4, 10];
        foreach (var loss in losses)
            script.Complete(script.Start(new(problem.Problem.Space.Default())), new("loss", loss));
        var fold = new Histories.HistoryFold();
        foreach (var journalEvent in script.Events)
        {
            fold.Apply(journalEvent);
            data.Observe(journalEvent, fold.Current);
        }

        Assert.Equal([1, 3, 8, 9], data.Select(fold.Current, 4));
        Assert.Equal([1, 3, 6, 7, 8, 9], data.Select(fold.Current, 6));
        Assert.Equal(Enumerable.Range(0, 10), data.Select(fold.Current, 10));
    }

    [Theory]
    [InlineData("gp-ucb")]
    [InlineData("gp")]
    public void Propose_TwoObjectives_SpreadsOverTheFront(string sampler)
    {
        var problem = TestProblems.TwoObjectives();
        var (script, _) = Run(problem, sampler, 2, 60);

        // On the Pareto set y = 0 and x runs from 0 to 1.
        var near = script.History.Trials.Select(trial => trial.Configuration!)
            .Where(configuration => Math.Abs(configuration.GetDouble("y")) < 0.1).Select(configuration => configuration.GetDouble("x"))
                .ToArray();
        Assert.Contains(near, x => x is > -0.1 and < 0.25);
        Assert.Contains(near, x => x is > 0.35 and < 0.65);
        Assert.Contains(near, x => x is > 0.75 and < 1.1);
    }

    private static double Regret(TestProblem problem, string name, ulong seed, int trials) =>
        Run(problem, name, seed, trials).Script.History.Best!.Losses[0] - problem.Optimum[0];

    private static (JournalScript Script, Sampling.ISampler Sampler) Run(TestProblem problem, string name, ulong seed, int trials)
    {
        var sampler = MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(name), new(problem.Problem, seed, new Budget { Trials = trials * 10 }));
        var script = new JournalScript(JournalScript.Define(problem.Problem, seed, sampler.Descriptor), [sampler]);
        for (var i = 0; i < trials; i++)
        {
            var proposal = sampler.Propose(new(script.History, i, i), 1)[0];
            script.Complete(script.Start(proposal), problem.Evaluate(proposal.Configuration, null, i));
        }

        return (script, sampler);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
