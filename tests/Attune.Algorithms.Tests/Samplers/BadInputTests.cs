using System.Text.Json;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

/// <summary>What samplers with a model make of studies that give a model little or nothing to hold on to.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Samplers => ["gp", "gp-ucb", "auto", "tpe", "forest", "turbo", "scbo"];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_ConstantObjective_GoesOnThroughTheWholeSpace(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(30, _ => 7);

        AssertSpread(study, 30);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_AllTrialsFailed_GoesOnThroughTheWholeSpace(string sampler)
    {
        var study = new Bench(sampler, Square());

        for (var i = 0; i < 30; i++)
            study.Script.Fail(study.Start());

        AssertSpread(study, 30);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_TwoPoints_IsLegalAndNew(string sampler)
    {
        var study = new Bench(sampler, Square(), """{"initial":1}""");

        study.Run(2, configuration => configuration.GetDouble("x"));

        Assert.DoesNotContain(study.Propose()!.Value.Configuration, study.Script.History.Trials.Select(trial => trial.Configuration!));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_LossesFromMinusToPlus1E300_StaysLegalAndExplainsInFiniteNumbers(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(25, configuration => configuration.GetDouble("x") < 0.3 ? -1e300 : configuration.GetDouble("y") < 0.5 ? 1e300 : 1);

        foreach (var annotation in study.Script.History.Trials.Select(trial => trial.Annotation).OfType<string>())
        {
            foreach (var number in JsonElement.Parse(annotation).EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number))
                Assert.True(double.IsFinite(number.Value.GetDouble()), annotation);
        }

        Assert.True(study.Sampler is not IRecommendingSampler recommending || recommending.Recommend(study.Next()) is not { } made
            || (study.Script.History.Trials[made.Trial].Losses[0] == -1e300 && double.IsFinite(made.Mean)));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_500Parameters_GoesOn(string sampler)
    {
        var space = new SearchSpace(Enumerable.Range(0, 500).Select(i => new FloatParameter($"x{i}", 0, 1)));
        var study = new Bench(sampler, space, """{"initial":8}""");

        study.Run(12, configuration => configuration.Numbers.ToArray().Sum(x => (x - 0.3) * (x - 0.3)));

        Assert.Equal(12, study.Script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_SpaceOfOnePoint_ProposesItOnceAndThenNothing(string sampler)
    {
        var study = new Bench(sampler, new([new CategoricalParameter("only", ["one"])]));

        study.Run(1, _ => 3);

        Assert.Null(study.Propose());
        Assert.Single(study.Script.History.Trials);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_ContradictoryConstraints_SaysWhichRulesLeaveNothing(string sampler)
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Constrain("x > 0.6").Constrain("x < 0.4").Build();
        var study = new Bench(sampler, space);

        var exception = Assert.Throws<SpaceException>(() => study.Propose());

        Assert.Contains("x > 0.6", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_AllTrialsPending_ProposesOthersThatSpread(string sampler)
    {
        var study = new Bench(sampler, Square());

        for (var i = 0; i < 40; i++)
            study.Start();

        AssertSpread(study, 40);
    }

    private static SearchSpace Square() => new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();

    /// <summary>Every configuration is another one, and each quarter of the square is visited.</summary>
    private static void AssertSpread(Bench study, int trials)
    {
        var tried = study.Script.History.Trials.Select(trial => trial.Configuration!).ToArray();
        Assert.Equal(trials, tried.Distinct().Count());
        var quarters = tried.GroupBy(one => (one.GetDouble("x") < 0.5, one.GetDouble("y") < 0.5)).ToArray();
        Assert.Equal(4, quarters.Length);
        Assert.All(quarters, quarter => Assert.True(quarter.Count() >= trials / 15, $"{quarter.Key} holds {quarter.Count()}"));
    }

    private sealed class Bench
    {
        internal Bench(string sampler, SearchSpace space, string options = "{}")
        {
            var problem = new Problem(space, [new("loss")]);
            var descriptor = MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse(options));
            Sampler = MethodRegistry.Default.CreateSampler(descriptor, new(problem, 11, Budget.Unlimited));
            Script = new(JournalScript.Define(problem, 11, descriptor), [Sampler]);
        }

        internal ISampler Sampler { get; }

        internal JournalScript Script { get; }

        internal ProposalContext Next() => new(Script.History, Script.History.Trials.Count, Script.History.SamplerIndex);

        internal Proposal? Propose() => Sampler.Propose(Next(), 1) is [var first] ? first : null;

        internal int Start()
        {
            var proposal = Propose()!.Value;
            Assert.Null(Script.History.Problem.Space.Validate(proposal.Configuration));
            return Script.Start(proposal);
        }

        internal void Run(int trials, Func<Configuration, double> loss)
        {
            for (var i = 0; i < trials; i++)
            {
                var number = Start();
                Script.Complete(number, new("loss", loss(Script.History.Trials[number].Configuration!)));
            }
        }
    }
}
