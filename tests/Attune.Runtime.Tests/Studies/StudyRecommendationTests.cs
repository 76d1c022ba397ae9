using Attune.Events;
using Attune.Execution;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyRecommendationTests
{
    private static readonly Budget Few = new() { Trials = 8 };

    [Fact]
    public async Task RunAsync_NoiseNotDeclaredAbsent_WritesWhatTheModelRecommendsOnce()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(Few, sampler: "gp"));

        var summary = await study.RunAsync(Lab.Objective(Loss), cancellationToken: Lab.Cancel);
        await study.RunAsync(Lab.Objective(Loss), cancellationToken: Lab.Cancel);

        var written = Assert.Single((await lab.EventsAsync()).Select(e => e.Payload).OfType<Recommended>());
        Assert.True(summary.History.IsRecommendationCurrent);
        Assert.Equal(written, summary.History.Recommendation);
        Assert.Equal(("posterior-mean", 0.95), (written.Method, written.Level));
        Assert.InRange(written.Mean!.Value, written.Low!.Value, written.High!.Value);
        Assert.Equal(written, await study.RecommendAsync(Lab.Cancel));
        ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
    }

    [Fact]
    public async Task RecommendAsync_TrialFinishedSince_IsMadeAnewAndNotWritten()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(Few, sampler: "gp"));
        var before = (await study.RunAsync(Lab.Objective(Loss), cancellationToken: Lab.Cancel)).History;
        await study.ChangeBudgetAsync(new() { Trials = 9 }, Lab.Cancel);
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await study.TellAsync(asked.Trial, new("loss", 0.5), asked.Token, Lab.Cancel);

        var made = (await study.RecommendAsync(Lab.Cancel))!;

        Assert.False((await study.SnapshotAsync(Lab.Cancel)).IsRecommendationCurrent);
        Assert.True(made.Basis > before.Recommendation!.Basis);
        Assert.Single(await lab.EventsAsync(), e => e.Payload is Recommended);
    }

    [Theory]
    [InlineData("gp", Noise.Deterministic)]
    [InlineData("random", Noise.Unknown)]
    [InlineData("last-loss", Noise.Unknown)]
    public async Task RecommendAsync_NoNoiseOrNoModel_IsTheBestMeasuredAndNothingIsWritten(string sampler, Noise noise)
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("loss") { Noise = noise }]);
        await using var study = await lab.CreateAsync(Lab.Define(Few, sampler: sampler, problem: problem));
        Assert.Null(await study.RecommendAsync(Lab.Cancel));

        var history = (await study.RunAsync(Lab.Objective(Loss), cancellationToken: Lab.Cancel)).History;

        Assert.Equal(new(history.Best!.Number, history.Position, "best-observed"), await study.RecommendAsync(Lab.Cancel));
        Assert.DoesNotContain(await lab.EventsAsync(), e => e.Payload is Recommended);
    }

    private static double Loss(TrialContext trial) =>
        Math.Pow(trial.Configuration.GetDouble("x") - 0.4, 2) + (trial.Number % 3 * 0.01);
}
