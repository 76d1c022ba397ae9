using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudySpaceTests
{
    [Fact]
    public async Task EnqueueAsync_SeveralConfigurations_AreTriedFirstInOrder()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(sampler: "last-loss"));
        await study.EnqueueAsync([new("x", 0.75)], "first", cancellationToken: Lab.Cancel);
        await study.EnqueueAsync([new("x", 0.25)], cancellationToken: Lab.Cancel);
        Assert.Equal(0.75, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Configuration.GetDouble("x"));
        Assert.Equal(0.25, (await study.AskAsync(cancellationToken: Lab.Cancel))!.Configuration.GetDouble("x"));
        await study.AskAsync(cancellationToken: Lab.Cancel);
        var history = await study.SnapshotAsync(Lab.Cancel);
        Assert.Equal([TrialOrigin.Enqueued, TrialOrigin.Enqueued, TrialOrigin.Sampler], history.Trials.Select(trial => trial.Origin));
        Assert.Equal([-1L, -1L, 0L], history.Trials.Select(trial => trial.SamplerIndex));
    }

    [Fact]
    public async Task EnqueueAsync_NotLegal_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        await Assert.ThrowsAsync<SpaceException>(async () => await study.EnqueueAsync([new("x", 2.0)], cancellationToken: Lab.Cancel));
        await Assert.ThrowsAsync<SpaceException>(async () => await study.EnqueueAsync([new("z", 0.5)], cancellationToken: Lab.Cancel));
        await Assert.ThrowsAsync<SpaceException>(async () => await study.EnqueueAsync([], useDefaults: false, cancellationToken: Lab.Cancel));
        Assert.Empty((await study.SnapshotAsync(Lab.Cancel)).Queue);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("last-loss")]
    public async Task ReviseSpaceAsync_NewParameter_LaterTrialsHaveItAlsoEnqueuedOnes(string sampler)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(sampler: sampler));
        await study.AskAsync(cancellationToken: Lab.Cancel);
        await study.EnqueueAsync([new("x", 0.5)], cancellationToken: Lab.Cancel);
        var wider = new SearchSpaceBuilder().Float("x", -1, 2).Int("n", 1, 9, defaultValue: 4).Build();
        await Assert.ThrowsAsync<SpaceException>(async () => await study.ReviseSpaceAsync(wider, cancellationToken: Lab.Cancel));
        await study.ReviseSpaceAsync(wider, new Dictionary<string, ParameterValue> { ["n"] = 3 }, Lab.Cancel);
        var queued = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0.5, 4), (queued.Configuration.GetDouble("x"), queued.Configuration.GetInt("n")));
        Assert.InRange((await study.AskAsync(cancellationToken: Lab.Cancel))!.Configuration.GetInt("n"), 1, 9);
        Assert.Equal([0, 1, 1], (await study.SnapshotAsync(Lab.Cancel)).Trials.Select(trial => trial.SpaceRevision));
        await using var other = await lab.OpenAsync();
        Assert.Equal(2, (await other.SnapshotAsync(Lab.Cancel)).Problem.Space.Dimensions);
        ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
    }

    [Fact]
    public async Task OpenAsync_ConstraintThatIsCode_IsBoundFromTheOptions()
    {
        await using var lab = new Lab();
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Constrain(InputConstraint.Of("right-half", 1, configuration => configuration.GetDouble("x") > 0.5)).Build();
        await using var study = await lab.CreateAsync(Lab.Define(problem: new(space, [new("loss")])));
        for (var i = 0; i < 10; i++)
            Assert.True((await study.AskAsync(cancellationToken: Lab.Cancel))!.Configuration.GetDouble("x") > 0.5);
        var refused = await Assert.ThrowsAsync<SpaceException>(async () => await study.EnqueueAsync([new("x", 0.25)], cancellationToken: Lab.Cancel));
        Assert.Contains("right-half", refused.Message, StringComparison.Ordinal);
    }
}
