using System.Globalization;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class RecommendationTests
{
    private const int Places = 21;

    public static TheoryData<string, Direction> Samplers => new()
    {
        { "gp", Direction.Minimize },
        { "gp", Direction.Maximize },
        { "gp-ucb", Direction.Minimize },
        { "auto", Direction.Maximize },
        { "turbo", Direction.Minimize },
        { "forest", Direction.Minimize },
        { "forest", Direction.Maximize },
    };

    /// <summary>Three noisy measurements at each place of a parabola: the luckiest is off, and the model averages that out.</summary>
    [Theory]
    [MemberData(nameof(Samplers))]
    public void Recommend_NoisyParabola_IsCloserThanTheLuckiestAndItsIntervalHolds(string sampler, Direction direction)
    {
        var (ofModel, ofLuck, held) = (0.0, 0.0, 0);
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var (recommending, script) = Measured(sampler, direction, seed);
            var history = script.History;

            var made = recommending.Recommend(new(history, history.Trials.Count, history.SamplerIndex))!;

            Assert.Equal(("posterior-mean", 0.95), (made.Method, made.Level));
            Assert.InRange(made.Mean, made.Low, made.High);
            var objective = history.Problem.Objectives[0];
            var truth = Truth(history.Trials[made.Trial].Configuration!);
            ofModel += truth;
            ofLuck += Truth(history.Best!.Configuration!);
            var value = objective.Orient(truth);
            held += made.Low - 1e-9 <= value && value <= made.High + 1e-9 ? 1 : 0;
        }

        Assert.True(ofModel <= ofLuck, string.Create(CultureInfo.InvariantCulture, $"{ofModel} of the model, {ofLuck} of luck"));
        Assert.True(held >= 6, $"{held} of 10 intervals hold the truth");
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("auto")]
    [InlineData("forest")]
    public void Recommend_OfAFreshSamplerThatObserved_IsTheSame(string sampler)
    {
        var (recommending, script) = Measured(sampler, Direction.Minimize, 4);
        var fresh = Create(sampler, script.History.Problem, 4);
        var history = JournalScript.Replay(script.Events, fresh);

        Assert.Equal(recommending.Recommend(Context(script.History)), fresh.Recommend(Context(history)));
        static ProposalContext Context(Histories.History history) => new(history, history.Trials.Count, history.SamplerIndex);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("forest")]
    public void Recommend_NothingCompletedOrSeveralObjectives_IsNothing(string sampler)
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        foreach (var problem in new Problem[] { new(space, [new("loss")]), new(space, [new("loss"), new("size")]) })
        {
            var recommending = Create(sampler, problem, 1);
            var script = new JournalScript(JournalScript.Define(problem, 1), [recommending]);
            for (var i = 0; i < 3; i++)
            {
                var trial = script.Start(new(space.Decode([i / 3.0])));
                if (problem.IsSingleObjective)
                    script.Fail(trial);
                else
                    script.Complete(trial, new([new("loss", i), new("size", -i)]));
            }

            Assert.Null(recommending.Recommend(new(script.History, 3, 3)));
        }
    }

    private static (IRecommendingSampler Sampler, JournalScript Script) Measured(string sampler, Direction direction, ulong seed)
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        var problem = new Problem(space, [new("value", direction)]);
        var recommending = Create(sampler, problem, seed);
        var script = new JournalScript(JournalScript.Define(problem, seed), [recommending]);
        var stream = RandomKey.FromSeed(seed).CreateStream();
        for (var i = 0; i < 3 * Places; i++)
        {
            var configuration = space.Decode([i % Places / (Places - 1.0)]);
            var loss = Truth(configuration) + (0.15 * stream.NextNormal());
            script.Complete(script.Start(new(configuration)), new("value", problem.Objectives[0].Orient(loss)));
        }

        return (recommending, script);
    }

    private static double Truth(Configuration configuration) => Math.Pow(configuration.GetDouble("x") - 0.4, 2);

    private static IRecommendingSampler Create(string sampler, Problem problem, ulong seed) => (IRecommendingSampler)
        MethodRegistry.Default.CreateSampler(MethodRegistry.Default.DescribeSampler(sampler), new(problem, seed, Budget.Unlimited));
}
