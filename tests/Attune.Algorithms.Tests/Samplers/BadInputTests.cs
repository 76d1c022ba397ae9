using System.Text.Json;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

/// <summary>What samplers with a model make of studies that give a model little or nothing to hold on to.</summary>
public sealed class BadInputTests
{
    /// <summary>Every sampler with a model, and the acquisition functions and treatments of pending trials that <c>gp</c> has.</summary>
    public static TheoryData<string> Samplers =>
    [
        "gp", "gp-ucb", "auto", "tpe", "forest", "turbo", "scbo",
        """gp "acquisition":"thompson" """, """gp "acquisition":"max-value-entropy" """, """gp "acquisition":"log-aei","members":4 """,
        """gp "acquisition":"pi","pending":"local-penalization" """, """gp "acquisition":"ei","pending":"constant-liar" """,
        """gp "acquisition":"ucb","pending":"hallucination","input_warping":true """,
        """gp "smoothness":"squared-exponential","ordinals":"learned","cost_aware":true """,
    ];

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
        var study = new Bench(sampler, Square(), initial: 1);

        study.Run(2, configuration => configuration.GetDouble("x"));

        Assert.DoesNotContain(study.Propose()!.Value.Configuration, study.Script.History.Trials.Select(trial => trial.Configuration!));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_LossesFromMinusToPlus1E300_StaysLegalAndExplainsInFiniteNumbers(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(25, configuration => configuration.GetDouble("x") < 0.3 ? -1e300 : configuration.GetDouble("y") < 0.5 ? 1e300 : 1);

        AssertNew(study, 25);
        Assert.True(study.Sampler is not IRecommendingSampler recommending || recommending.Recommend(study.Next()) is not { } made
            || (study.Script.History.Trials[made.Trial].Losses[0] == -1e300 && double.IsFinite(made.Mean)));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_500Parameters_GoesOn(string sampler)
    {
        var space = new SearchSpace(Enumerable.Range(0, 500).Select(i => new FloatParameter($"x{i}", 0, 1)));
        var study = new Bench(sampler, space, initial: 8);

        study.Run(10, configuration => configuration.Numbers.ToArray().Sum(x => (x - 0.3) * (x - 0.3)));

        Assert.Equal(10, study.Script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_SpaceOfOnePoint_ProposesItOnceAndThenNothing(string sampler)
    {
        var study = new Bench(sampler, new SearchSpace([new CategoricalParameter("only", ["one"])]));

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

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_LossesThatDifferInTheirLastDigit_GoesOn(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(20, configuration => configuration.GetDouble("x") < 0.5 ? 0.1 : Math.BitIncrement(0.1));

        AssertNew(study, 20);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_LossesOfAllMagnitudes_GoesOn(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(20, configuration => Math.Pow(10, 600 * (configuration.GetDouble("x") - 0.5)));

        AssertNew(study, 20);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_OnePlaceWithManyLosses_GoesOnElsewhere(string sampler)
    {
        var study = new Bench(sampler, Square(), initial: 1);
        var place = Square().Default();
        for (var i = 0; i < 25; i++)
            study.Script.Complete(study.Script.StartEnqueued(place), new("loss", i % 5));

        study.Run(3, _ => 2);

        Assert.Equal(4, study.Script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_OutcomeConstraintsThatNothingKeeps_GoesOn(string sampler)
    {
        var study = new Bench(sampler, new Problem(
            Square(), [new("loss")], [new("size", AtMost: 1), new("speed", AtLeast: 3)]));

        study.Run(20, configuration => new MetricValues(new Dictionary<string, double>
        {
            ["loss"] = configuration.GetDouble("x"), ["size"] = configuration.GetDouble("y") < 0.5 ? 1e300 : 2, ["speed"] = -1e300,
        }));

        AssertNew(study, 20);
        Assert.Null(study.Script.History.Best);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_SeveralObjectivesConstantOrHuge_GoesOn(string sampler)
    {
        var study = new Bench(sampler, new Problem(Square(), [new("loss"), new("flat"), new("huge", Direction.Maximize)]));

        study.Run(20, configuration => new MetricValues(new Dictionary<string, double>
        {
            ["loss"] = configuration.GetDouble("x"), ["flat"] = 5, ["huge"] = configuration.GetDouble("y") < 0.5 ? -1e300 : 1e300,
        }));

        AssertNew(study, 20);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_OnlyOneTrialThatDidNotFail_GoesOnThroughTheWholeSpace(string sampler)
    {
        var study = new Bench(sampler, Square());

        study.Run(1, _ => 1);
        for (var i = 1; i < 30; i++)
            study.Script.Fail(study.Start());

        AssertNew(study, 30);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_MoreAtOnceThanTheSpaceHolds_ProposesWhatThereIs(string sampler)
    {
        var study = new Bench(sampler, new SearchSpace([new IntParameter("n", 1, 9), new CategoricalParameter("kind", ["a", "b"])]));
        study.Run(7, configuration => configuration.GetInt("n"));

        var proposals = study.Sampler.Propose(study.Next(), 40);

        Assert.Equal(11, proposals.Count);
        Assert.Equal(
            18, proposals.Select(proposal => proposal.Configuration).Concat(study.Script.History.Trials.Select(trial => trial.Configuration!))
                .Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_RangesAtTheEndsOfNumbers_StaysLegal(string sampler)
    {
        var space = new SearchSpaceBuilder()
            .Float("wide", -1e300, 1e300).Float("tiny", 1e-300, 1e300, Scale.Log).Float("narrow", 1, Math.BitIncrement(1))
            .Int("long", -(1L << 52), 1L << 52).Categorical("many", [.. Enumerable.Range(0, 300).Select(i => ParameterValue.Of($"c{i}"))])
            .Build();
        var study = new Bench(sampler, space, initial: 6);

        study.Run(14, configuration => Math.Log10(configuration.GetDouble("tiny")));

        AssertNew(study, 14);
    }

    private static SearchSpace Square() => new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();

    /// <summary>Every configuration is another one, and what is told of them are finite numbers.</summary>
    private static void AssertNew(Bench study, int trials)
    {
        Assert.Equal(trials, study.Script.History.Trials.Select(trial => trial.Configuration).Distinct().Count());
        foreach (var annotation in study.Script.History.Trials.Select(trial => trial.Annotation).OfType<string>())
        {
            foreach (var number in JsonElement.Parse(annotation).EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number))
                Assert.True(double.IsFinite(number.Value.GetDouble()), annotation);
        }
    }

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
        internal Bench(string sampler, SearchSpace space, int? initial = null)
            : this(sampler, new Problem(space, [new("loss")]), initial)
        {
        }

        internal Bench(string sampler, Problem problem, int? initial = null)
        {
            var (name, options) = sampler.Split(' ', 2) is [var first, var rest] ? (first, rest) : (sampler, "");
            if (initial is not null)
                options = FormattableString.Invariant($"\"initial\":{initial}{(options.Length > 0 ? "," : "")}{options}");
            var descriptor = MethodRegistry.Default.DescribeSampler(name, JsonElement.Parse($"{{{options}}}"));
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

        internal void Run(int trials, Func<Configuration, double> loss) => Run(trials, at => new MetricValues("loss", loss(at)));

        internal void Run(int trials, Func<Configuration, MetricValues> metrics)
        {
            for (var i = 0; i < trials; i++)
            {
                var number = Start();
                Script.Complete(number, metrics(Script.History.Trials[number].Configuration!));
            }
        }
    }
}
