using Attune.Events;
using Attune.Simulation;
using static Attune.Runtime.Tests.Simulation.SimulationLab;

namespace Attune.Runtime.Tests.Simulation;

public sealed class SimulationBudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    public async Task SimulateAsync_Resource_IsHeldExactly(int workers)
    {
        var outcome = await RunAsync(Define(Problem(), new() { Resource = 100 }), Curve(), new() { Workers = workers });
        Assert.Equal((StopReason.Resource, 100), (outcome.Summary.Reason, outcome.History.ResourceSpent));
        Assert.Equal(100, outcome.All<Measured>().Count());
        Assert.Empty(outcome.History.Running);

        // The work of the others at that moment is in no report, so it does not count.
        Assert.Equal(Math.Ceiling(100.0 / workers), outcome.Seconds);
    }

    [Fact]
    public async Task SimulateAsync_ResourceInLargeSteps_IsNotExceeded()
    {
        var program = new SimulatedProgram(_ => ((double[])[1, 3, 9]).Select(r => SimulatedStep.Of(r, "loss", 1, r)));
        var outcome = await RunAsync(Define(Problem(), new() { Resource = 15 }), program);
        Assert.Equal((StopReason.Resource, 12), (outcome.Summary.Reason, outcome.History.ResourceSpent));
        Assert.Equal([TrialState.Completed, TrialState.Lost], outcome.History.Trials.Select(trial => trial.State));
    }

    [Fact]
    public async Task SimulateAsync_ResourceWithoutCut_RunsToTheEndAsForReal()
    {
        var outcome = await RunAsync(Define(Problem(), new() { Resource = 100 }), Curve(), new() { CutsAtBudget = false });
        Assert.Equal((StopReason.Resource, 108), (outcome.Summary.Reason, outcome.History.ResourceSpent));
    }

    [Fact]
    public async Task SimulateAsync_LargerBudget_GoesOnFromTheCut()
    {
        var outcome = await RunAsync(Define(Problem(), new() { Resource = 13 }), Curve(checkpointEvery: 1));
        Assert.Equal((4, true), (outcome.History.Trials[1].CheckpointResource, outcome.History.Trials[1].WillRetry));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task SimulateAsync_CostInSeconds_EndsAtThatMoment(int workers)
    {
        var outcome = await RunAsync(Define(Problem(), new() { Cost = 25.5 }), Curve(), new() { Workers = workers });
        Assert.Equal(StopReason.Cost, outcome.Summary.Reason);
        Assert.Equal(25.5, outcome.History.CostSpent, 1e-6);
        Assert.Equal(25.5 / workers, outcome.Seconds, 1e-6);
    }

    [Fact]
    public async Task SimulateAsync_CostByMetric_IsNotExceeded()
    {
        var program = new SimulatedProgram(_ => Enumerable.Range(1, 9).Select(r =>
            new SimulatedStep(1, new(new MetricValues([new("loss", 1), new("euro", 2 * r)])) { Resource = r })));
        var outcome = await RunAsync(Define(Problem(costMetric: "euro"), new() { Cost = 25 }), program, new() { Workers = 2 });
        Assert.Equal((StopReason.Cost, 24, 7), (outcome.Summary.Reason, outcome.History.CostSpent, outcome.Seconds));
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 36)]
    public async Task SimulateAsync_WallClock_EndsAtThatMoment(int workers, int reports)
    {
        var outcome = await RunAsync(
            Define(Problem(), new() { WallClock = TimeSpan.FromSeconds(12.5) }), Curve(), new() { Workers = workers });
        Assert.Equal((StopReason.WallClock, 12.5, 12.5), (outcome.Summary.Reason, outcome.Seconds, outcome.History.Alive.TotalSeconds));
        Assert.Equal(reports, outcome.All<Measured>().Count());
    }

    [Fact]
    public async Task SimulateAsync_TargetIsReached_WhatRunsIsCancelled()
    {
        var problem = new Problem(Space, [new("loss") { Target = 0.2 }], fidelities: [new("epoch", 1, 9)]);
        var outcome = await RunAsync(Define(problem, new() { Trials = 500 }), Curve(), new() { Workers = 8 });
        Assert.Equal(StopReason.Target, outcome.Summary.Reason);
        Assert.True(outcome.History.Best!.Losses[0] <= 0.2);
        Assert.Empty(outcome.History.Running);
        Assert.Contains(outcome.All<Failed>(), failed => failed.Kind == FailureKind.Cancelled);
    }
}
