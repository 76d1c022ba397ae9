using System.Globalization;
using Attune.Execution;
using Attune.Scheduling;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyTellTests
{
    [Fact]
    public async Task TellAsync_TheSameTwice_IsHarmless()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await study.TellAsync(asked, 0.5, Lab.Cancel);
        var before = (await lab.EventsAsync()).Count;
        var again = await study.TellAsync(asked, 0.5, Lab.Cancel);
        Assert.Equal(TrialState.Completed, again.State);
        Assert.Equal(before, (await lab.EventsAsync()).Count);
    }

    [Fact]
    public async Task TellAsync_OtherValues_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await study.TellAsync(asked, 0.5, Lab.Cancel);
        var refused = await Assert.ThrowsAsync<StaleTokenException>(async () => await study.TellAsync(asked, 0.6, Lab.Cancel));
        Assert.Equal("Trial 0 was told already, with other values: completed.", refused.Message);
        Assert.Equal(0.5, (await study.SnapshotAsync(Lab.Cancel)).Best!.Losses[0]);
    }

    [Fact]
    public async Task TellAsync_StaleToken_SaysWhoHasIt()
    {
        await using var lab = new Lab();
        var first = await lab.CreateAsync();
        var asked = (await first.AskAsync(cancellationToken: Lab.Cancel))!;
        await first.DisposeAsync();
        await using var second = await lab.OpenAsync();
        var again = (await second.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal(asked.Trial, again.Trial);
        var refused = await Assert.ThrowsAsync<StaleTokenException>(async () => await second.TellAsync(asked, 1, Lab.Cancel));
        Assert.Equal($"Trial 0 was given to another worker ({second.Writer}, token 2); token 1 is no longer valid. Drop this run.", refused.Message);
        await Assert.ThrowsAsync<StaleTokenException>(async () => await second.ReportAsync(0, Measurement.Of("loss", 1), token: 1, Lab.Cancel));
        await second.TellAsync(again, 2, Lab.Cancel);
        Assert.Equal(2, (await second.SnapshotAsync(Lab.Cancel)).Trials[0].Losses[0]);
    }

    [Fact]
    public async Task TellAsync_NoSuchTrial_SaysHowManyThereAre()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var refused = await Assert.ThrowsAsync<StaleTokenException>(async () => await study.TellAsync(4, new("loss", 1), cancellationToken: Lab.Cancel));
        Assert.Equal("There is no trial 4; the study has 0.", refused.Message);
    }

    [Fact]
    public async Task TellAsync_MissingMetric_FailsWithWhatWasReported()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        var told = await study.TellAsync(asked.Trial, new("los", 1), asked.Token, Lab.Cancel);
        Assert.Equal(TrialState.Failed, told.State);
        Assert.Equal(new(FailureKind.MissingMetric, "It ended without the metric 'loss'; it reported los."), told.Failure);
    }

    [Theory]
    [InlineData(double.NaN, "the metric 'loss' is NaN")]
    [InlineData(double.PositiveInfinity, "the metric 'loss' is Infinity")]
    public async Task TellAsync_NotFinite_Fails(double value, string reason)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        var told = await study.TellAsync(asked, value, Lab.Cancel);
        Assert.Equal(new(FailureKind.NonFinite, reason), told.Failure);
        Assert.True((await study.TellAsync(asked, value, Lab.Cancel)).IsFinished);
    }

    [Fact]
    public async Task TellAsync_OneValueForSeveralObjectives_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(problem: new(Lab.Space, [new("a"), new("b")])));
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await Assert.ThrowsAsync<ArgumentException>(async () => await study.TellAsync(asked, 1, Lab.Cancel));
        var told = await study.TellAsync(asked.Trial, new([new("a", 1), new("b", 2)]), asked.Token, Lab.Cancel);
        Assert.Equal([1.0, 2.0], told.Losses);
    }

    [Fact]
    public async Task FailAsync_AttemptsLeft_RunsAgainUntilTheyAreExhausted()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 1 }, new(FailedAttempts: 2)));
        var first = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.False((await study.FailAsync(0, FailureKind.Error, "no", first.Token, Lab.Cancel)).IsFinished);
        var second = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0, 2, 2, first.Seed), (second.Trial, second.Attempt, second.Token, second.Seed));
        Assert.Equal(first.Configuration, second.Configuration);
        var failed = await study.FailAsync(0, FailureKind.Error, "no again", second.Token, Lab.Cancel);
        Assert.True(failed.IsFinished);
        Assert.Same(failed, await study.FailAsync(0, FailureKind.Error, "no again", second.Token, Lab.Cancel));
        await Assert.ThrowsAsync<StaleTokenException>(async () => await study.FailAsync(0, FailureKind.Error, "otherwise", second.Token, Lab.Cancel));
        Assert.Null(await study.AskAsync(cancellationToken: Lab.Cancel));
    }

    [Fact]
    public async Task ReportAsync_ResourceGoesBack_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(problem: new(Lab.Space, [new("loss")], fidelities: [new("epochs", 1, 9)])));
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal(TrialDecision.Continue, await study.ReportAsync(0, Measurement.Of("loss", 3, 4), asked.Token, Lab.Cancel));
        await Assert.ThrowsAsync<ProblemException>(async () => await study.ReportAsync(0, Measurement.Of("loss", 3, 3), asked.Token, Lab.Cancel));
        await Assert.ThrowsAsync<ProblemException>(async () => await study.ReportAsync(0, Measurement.Of("loss", 3, 10), asked.Token, Lab.Cancel));
        Assert.Single((await study.SnapshotAsync(Lab.Cancel)).Trials[0].Measurements);
    }

    [Fact]
    public async Task TellAsync_AfterTheSchedulerStoppedIt_IsStopped()
    {
        await using var lab = new Lab();
        var script = System.Text.Json.JsonElement.Parse("""{"cues":[{"trial":0,"decision":"stop"}]}""");
        var definition = Lab.Define() with { Scheduler = LastLossSampler.Methods.DescribeScheduler("scripted", script) };
        await using var study = await lab.CreateAsync(definition);
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal(TrialDecision.Stop, await study.ReportAsync(0, Measurement.Of("loss", 3), asked.Token, Lab.Cancel));
        var told = await study.TellAsync(0, metrics: null, asked.Token, Lab.Cancel);
        Assert.Equal(TrialState.Stopped, told.State);
        Assert.Same(told, await study.TellAsync(0, metrics: null, asked.Token, Lab.Cancel));
    }

    [Fact]
    public async Task PauseAsync_ThenAsk_ResumesWithItsCheckpointAndNewToken()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal(TrialState.Paused, (await study.PauseAsync(0, asked.Token, Lab.Cancel)).State);
        var resumed = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((0, 1, 2), (resumed.Trial, resumed.Attempt, resumed.Token));
    }

    [Fact]
    public async Task ImportAsync_MissingObjective_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 1 }));
        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await study.ImportAsync([new("x", 0.5)], new("other", 1), Lab.Cancel));
        Assert.Equal("An imported trial needs the metric 'loss'; it has other.", refused.Message);
        await Assert.ThrowsAsync<SpaceException>(async () => await study.ImportAsync([new("x", 7.0)], new("loss", 1), Lab.Cancel));
        var imported = await study.ImportAsync([new("x", 0.5)], new("loss", 1), Lab.Cancel);
        Assert.Equal((TrialOrigin.Imported, TrialState.Completed), (imported.Origin, imported.State));
        await Assert.ThrowsAsync<ProblemException>(async () => await study.ImportAsync([new("x", 0.5)], new("loss", 1), Lab.Cancel));
    }
}
