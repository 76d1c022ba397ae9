using Attune.Events;
using Attune.Execution;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyFinalTests
{
    private static readonly MetricValues Score = new("test", 0.75);

    [Fact]
    public async Task RecordFinalAsync_Again_WritesOnceWhatEndedWell()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 1 }));
        await study.RunAsync(Lab.Objective(_ => 1), cancellationToken: Lab.Cancel);
        var failure = new Failure(FailureKind.ExitCode, "exit code 4");
        Assert.Equal(failure, (await study.RecordFinalAsync(0, "test.sh", MetricValues.Empty, failure, Lab.Cancel)).Failure);
        Assert.False(Study.HasFinal(await study.SnapshotAsync(Lab.Cancel), 0, "test.sh"));
        await study.RecordFinalAsync(0, "test.sh", Score, cancellationToken: Lab.Cancel);
        await using var other = await lab.OpenAsync();
        Assert.Equal(Score, (await other.RecordFinalAsync(0, "test.sh", new("test", 0.5), cancellationToken: Lab.Cancel)).Metrics);
        var history = await other.SnapshotAsync(Lab.Cancel);
        Assert.True(Study.HasFinal(history, 0, "test.sh"));
        Assert.False(Study.HasFinal(history, 0, "another.sh"));
        Assert.Equal(2, (await lab.EventsAsync()).Count(e => e.Payload is FinalEvaluated));
        Assert.Equal(0.25, (await other.RecordFinalAsync(0, "another.sh", new("test", 0.25), cancellationToken: Lab.Cancel)).Metrics["test"]);
    }

    [Fact]
    public async Task RecordFinalAsync_TrialHasNotCompleted_IsRefused()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        await study.AskAsync(cancellationToken: Lab.Cancel);
        foreach (var number in (int[])[-1, 0, 1])
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(
                async () => await study.RecordFinalAsync(number, "test.sh", Score, cancellationToken: Lab.Cancel));
            Assert.StartsWith(FormattableString.Invariant($"Trial {number} has not completed"), refused.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await lab.EventsAsync(), e => e.Payload is FinalEvaluated);
    }

    [Fact]
    public async Task RecordFinalAsync_StudyGoesOn_ProposesTheSameAndKeepsItsTrials()
    {
        var proposed = new List<string>();
        foreach (var hasFinal in (bool[])[false, true])
        {
            await using var lab = new Lab();
            await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 2 }, sampler: "last-loss"));
            var before = (await study.RunAsync(Lab.Objective(trial => trial.Number), cancellationToken: Lab.Cancel)).History;
            if (hasFinal)
                await study.RecordFinalAsync(0, "test.sh", new("loss", -1e9), cancellationToken: Lab.Cancel);
            await study.ChangeBudgetAsync(new() { Trials = 4 }, Lab.Cancel);
            var after = (await study.RunAsync(Lab.Objective(trial => trial.Number), cancellationToken: Lab.Cancel)).History;
            proposed.Add(string.Join("; ", after.Trials.Select(trial => trial.Configuration)));
            Assert.Equal((before.Trials[0], before.Best), (after.Trials[0], after.Best));
            ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
        }

        Assert.Equal(proposed[0], proposed[1]);
    }

    [Theory]
    [InlineData(20, new[] { 6, 5, 4, 3, 2, 1, 0 })]
    [InlineData(7, new[] { 6, 5, 4, 3, 2, 1, 0 })]
    [InlineData(3, new[] { 6, 3, 0 })]
    [InlineData(2, new[] { 6, 0 })]
    [InlineData(1, new[] { 6 })]
    public async Task FinalCandidates_SeveralObjectives_AreSpreadOverTheFront(int most, int[] expected)
    {
        await using var lab = new Lab();
        var problem = new Problem(Lab.Space, [new("a"), new("b", Direction.Maximize)]);
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 8 }, problem: problem));
        var executor = new DelegateExecutor(trial => Task.FromResult<MetricValues?>(
            trial.Number == 7 ? new([new("a", 9), new("b", -9)]) : new([new("a", -trial.Number), new("b", -trial.Number)])));
        var history = (await study.RunAsync(executor, cancellationToken: Lab.Cancel)).History;
        Assert.Equal(expected, Study.FinalCandidates(history, most));
    }

    [Fact]
    public async Task FinalCandidates_OneObjective_IsTheBest()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(Lab.Define(new() { Trials = 4 }));
        Assert.Empty(Study.FinalCandidates(await study.SnapshotAsync(Lab.Cancel), 20));
        var history = (await study.RunAsync(Lab.Objective(trial => Math.Abs(trial.Number - 2)), cancellationToken: Lab.Cancel)).History;
        Assert.Equal([2], Study.FinalCandidates(history, 20));
    }
}
