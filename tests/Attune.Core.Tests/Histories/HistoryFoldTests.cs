using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Scheduling;

namespace Attune.Core.Tests.Histories;

public sealed class HistoryFoldTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    [Fact]
    public void Apply_OfEventsThatContradict_IsDamage()
    {
        Damaged("begins with the creation", Script().Events[1..].Select((e, i) => e with { Position = i + 1 }));
        Damaged("has only one", Script().Then(Script().Events[0].Payload).Events);
        Damaged("position 4 was expected", Script().Propose().Events.Where(e => e.Position != 4));
        Damaged("there is no trial 7", Script().Then(new Finished(7)).Events);
        Damaged("there is no trial 0", Script().Then(new Proposed(0, Space.Default(), 0, 0, null, "f")).Events);
        Damaged("there is no trial 1", Script().Then(new Reserved(1, TrialOrigin.Sampler, 0, 0, 1)).Events);
        Damaged("waits", Script().Then(new Reserved(0, TrialOrigin.Enqueued, -1, 2, 1)).Events);
        Damaged("trial 0, which is Running", Script().Run().Then(new Reserved(0, TrialOrigin.Sampler, 0, 0, 1)).Events);
        Damaged("trial 0, which is Running", Script().Run().Then(new Proposed(0, Space.Default(), 0, 0, null, "f")).Events);
        Damaged("trial 0, which is Running", Script().Run().Then(new Started(0, 1)).Events);
        Damaged("trial 0, which is Running", Script().Run().Then(new Resumed(0, 1, 1)).Events);
        Damaged("trial 0, which is Reserved", Script().Then(new Reserved(0, TrialOrigin.Sampler, 0, 0, 1)).Then(new Started(0, 1)).Events);
        foreach (var early in (TrialEvent[])[
            new Measured(0, Measurement.Of("loss", 1)), new Paused(0), new Finished(0), new CheckpointSaved(0, "c", 1), new Launched(0, "h", 1, 1),
            new Decided(0, TrialDecision.Stop, 1), new Resumed(0, 1, 1)])
            Damaged("trial 0, which is Reserved", Script().Propose().Then(early).Events);
        foreach (var late in (TrialEvent[])[new Measured(0, Measurement.Of("loss", 1)), new Finished(0), new Failed(0, FailureKind.Error, "", false), new Started(0, 1)])
            Damaged("trial 0 has already ended", Script().Run().Measure(1).Then(new Finished(0)).Then(late).Events);
        Damaged("at attempt 2 already", Script().Run().Then(new Lost(0, "", true)).Then(new Started(0, 2)).Then(new Lost(0, "", true)).Then(new Started(0, 1)).Events);
    }

    [Fact]
    public void Apply_OfAStaleToken_IsDamage()
    {
        var script = Script().Run(token: 3);
        Damaged("token 2, but trial 0 was given away under token 3", script.Then(new Measured(0, Measurement.Of("loss", 1)), token: 2).Events);
        Damaged("token 2", Script().Run(token: 3).Then(new Lost(0, "", true), token: 3).Then(new Started(0, 2), token: 2).Events);
        var history = HistoryFold.Fold(Script().Run(token: 3).Then(new Lost(0, "", true), token: 3).Then(new Started(0, 2), token: 4).Events);
        Assert.Equal(4, history.Trials[0].Token);
    }

    [Fact]
    public void Apply_OfEventsThatThrow_LeavesTheHistoryAsItWas()
    {
        var fold = new HistoryFold();
        foreach (var journalEvent in Script().Run().Events)
            fold.Apply(journalEvent);
        var (position, trial) = (fold.Current.Position, fold.Current.Trials[0]);
        Assert.Throws<JournalException>(() => fold.Apply(new(position + 1, RandomJournal.Start, "w", 9, 1, 0, 1, new Resumed(0, 1, 1))));
        Assert.Equal(position, fold.Current.Position);
        Assert.Same(trial, fold.Current.Trials[0]);
        Assert.Equal([0], fold.Current.Running);
    }

    [Theory]
    [InlineData(Reduction.Last, Direction.Minimize, 5.0)]
    [InlineData(Reduction.Best, Direction.Minimize, 1.0)]
    [InlineData(Reduction.Best, Direction.Maximize, -7.0)]
    [InlineData(Reduction.Last, Direction.Maximize, -5.0)]
    [InlineData(Reduction.AtFullFidelity, Direction.Minimize, 3.0)]
    public void Losses_OfACurve_AreReducedAsTheObjectiveSays(Reduction reduction, Direction direction, double expected)
    {
        var script = Script(new Objective("loss", direction) { Reduction = reduction }).Run();
        foreach (var (resource, value) in (IEnumerable<(double, double)>)[(1, 7), (2, 1), (9, 3), (4, 5)])
            script.Measure(value, resource);
        var trial = HistoryFold.Fold(script.Events).Trials[0];
        Assert.Equal([expected], trial.Losses);
        Assert.Equal([direction == Direction.Minimize ? expected : -expected], trial.Values(script.Problem));
        Assert.Equal(9, trial.Resource);
    }

    [Fact]
    public void Losses_WithoutFullFidelity_AreMissing()
    {
        var script = Script(new Objective("loss") { Reduction = Reduction.AtFullFidelity }).Run().Measure(1, 8);
        Assert.Empty(HistoryFold.Fold(script.Events).Trials[0].Losses);
    }

    [Fact]
    public void Losses_OverInstancesAndReplicates_AreTheMeanOfTheLastOfEach()
    {
        var script = Script(new Objective("loss") { Reduction = Reduction.MeanOverInstances }).Run();
        foreach (var (instance, replicate, value) in (IEnumerable<(string, int, double)>)[("a", 0, 100), ("b", 0, 2), ("a", 0, 4), ("a", 1, 9)])
            script.Then(new Measured(0, Measurement.Of("loss", value) with { Instance = instance, Replicate = replicate }));
        Assert.Equal([5.0], HistoryFold.Fold(script.Events).Trials[0].Losses);
    }

    [Fact]
    public void Losses_AfterALossOfTheWorker_AreThoseUpToTheCheckpoint()
    {
        var script = Script().Run().Measure(5, 1).Then(new CheckpointSaved(0, "here", 1)).Measure(0.5, 2).Then(new Lost(0, "gone", true));
        Assert.Equal([0.5], HistoryFold.Fold(script.Events).Trials[0].Losses);
        script.Then(new Started(0, 2));
        var trial = HistoryFold.Fold(script.Events).Trials[0];
        Assert.Equal([5.0], trial.Losses);
        Assert.Single(trial.Measurements);
        Assert.Equal("here", trial.Checkpoint);
        Assert.Equal(2, trial.ResourceSpent);
        var again = HistoryFold.Fold(script.Measure(3, 3).Then(new Finished(0)).Events);
        Assert.Equal(4, again.ResourceSpent);
        Assert.Equal([3.0], again.Trials[0].Losses);
        Assert.Null(again.Trials[0].Failure);
    }

    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 12)]
    public void ResourceSpent_OfAProgramThatReportsNone_IsWhatItWasGiven(bool isResumable, double expected)
    {
        var script = Script(new Objective("loss"), isResumable).Then(new Reserved(0, TrialOrigin.Sampler, 0, 0, 1)).Then(new Proposed(0, Space.Default(), 0, 0, null, "f"))
            .Then(new Started(0, 1, 3)).Measure(1).Then(new Paused(0));
        Assert.Equal(3, HistoryFold.Fold(script.Events).ResourceSpent);
        script.Then(new Resumed(0, 9, 1)).Measure(1);
        Assert.Equal(expected, HistoryFold.Fold([.. script.Events, script.Next(new Finished(0))]).ResourceSpent);
        Assert.Equal(expected, HistoryFold.Fold(script.Then(new Paused(0)).Then(new Finished(0, Stopped: true)).Events).ResourceSpent);
    }

    [Fact]
    public void CostSpent_OfACostMetric_CountsEachRunOnce()
    {
        var script = Script(costMetric: "price").Run();
        Report(10).Then(new Paused(0)).Then(new Resumed(0, 9, 1)).Then(new Paused(0)).Then(new Resumed(0, 9, 1));
        Report(4);
        Report(6);
        Assert.Equal(16, HistoryFold.Fold(script.Then(new Failed(0, FailureKind.Error, "", false)).Events).CostSpent);

        ScriptedJournal Report(double cost) => script.Then(new Measured(0, new Measurement(new([new("loss", 1), new("price", cost)]))));
    }

    [Fact]
    public void IsFeasible_WhileAConstrainedMetricIsMissing_IsFalse()
    {
        var script = Script(constraint: new("memory", AtMost: 4)).Run().Measure(1);
        var trial = HistoryFold.Fold(script.Events).Trials[0];
        Assert.False(trial.IsFeasible);
        Assert.Equal([double.NaN], trial.Violations);
        script.Then(new Measured(0, new Measurement(new([new("loss", 1), new("memory", 3)]))));
        trial = HistoryFold.Fold(script.Then(new Finished(0)).Events).Trials[0];
        Assert.True(trial.IsFeasible);
        Assert.Equal([-1.0], trial.Violations);
    }

    [Theory]
    [InlineData(Direction.Minimize, 0.5, 0.5, true)]
    [InlineData(Direction.Minimize, 0.5, 0.6, false)]
    [InlineData(Direction.Maximize, 0.5, 0.6, true)]
    [InlineData(Direction.Maximize, 0.5, 0.4, false)]
    public void IsTargetReached_OfAFinishedTrial_ComparesInTheObjectivesDirection(Direction direction, double target, double value, bool expected)
    {
        var script = Script(new Objective("loss", direction) { Target = target }).Run().Measure(value);
        Assert.False(HistoryFold.Fold(script.Events).IsTargetReached());
        Assert.Equal(expected, HistoryFold.Fold(script.Then(new Finished(0)).Events).IsTargetReached());
    }

    [Fact]
    public void Best_OfEqualTrials_IsTheFirst()
    {
        var script = Script();
        for (var number = 0; number < 3; number++)
            script.Run(number).Measure(number == 0 ? 2 : 1, trial: number).Then(new Finished(number));
        var history = HistoryFold.Fold(script.Events);
        Assert.Equal(1, history.Best?.Number);
        Assert.Equal(1, history.FinishedWithoutImprovement);
    }

    [Fact]
    public void Best_OfPausedAndStoppedTrials_IsTheLeastLossMeasured()
    {
        var script = Script();
        script.Run(0).Measure(3, 9, 0).Then(new Finished(0));
        script.Run(1).Measure(2, 1, 1).Then(new Paused(1));
        Assert.Equal(1, HistoryFold.Fold(script.Events).Best?.Number);
        script.Run(2).Measure(1, 3, 2).Then(new Finished(2, Stopped: true));
        Assert.Equal(2, HistoryFold.Fold(script.Events).Best?.Number);
    }

    [Fact]
    public void Best_PausedTrialThatGoesOnAndGetsWorse_IsAnotherOne()
    {
        var script = Script();
        script.Run(0).Measure(3, 9, 0).Then(new Finished(0));
        script.Run(1).Measure(4, 9, 1).Then(new Finished(1));
        script.Run(2).Measure(1, 1, 2).Then(new Paused(2));
        Assert.Equal(2, HistoryFold.Fold(script.Events).Best?.Number);
        script.Then(new Resumed(2, 9, 0));
        Assert.Equal(0, HistoryFold.Fold(script.Events).Best?.Number);
        script.Measure(5, 9, 2).Then(new Finished(2));
        Assert.Equal(0, HistoryFold.Fold(script.Events).Best?.Number);
    }

    [Theory]
    [InlineData(Reduction.AtFullFidelity)]
    [InlineData(Reduction.MeanOverInstances)]
    public void Best_ObjectiveThatCountsInWholeOnly_IsACompletedTrial(Reduction reduction)
    {
        var script = Script(new Objective("loss") { Reduction = reduction });
        script.Run(0).Measure(1, 1, 0).Then(new Paused(0));
        script.Run(1).Measure(2, 3, 1).Then(new Finished(1, Stopped: true));
        Assert.Null(HistoryFold.Fold(script.Events).Best);
        script.Run(2).Measure(3, 9, 2).Then(new Finished(2));
        Assert.Equal(2, HistoryFold.Fold(script.Events).Best?.Number);
    }

    [Fact]
    public void Front_MemberThatGoesOn_GivesBackWhatItDominated()
    {
        var script = new ScriptedJournal(new Problem(
            new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new("f"), new("g")], fidelities: [new Fidelity("epochs", 1, 9)]));
        (double F, double G)[] values = [(1, 5), (3, 3), (5, 1), (4, 2.5), (2, 2)];
        for (var number = 0; number < values.Length; number++)
        {
            script.Run(number).Then(new Measured(number, new(new([new("f", values[number].F), new("g", values[number].G)])) { Resource = 1 }));
            script.Then(new Paused(number));
        }

        Assert.Equal([0, 2, 4], HistoryFold.Fold(script.Events).Front);
        Assert.Equal([0, 1, 2, 3], HistoryFold.Fold(script.Then(new Resumed(4, 9, 0)).Events).Front);
    }

    [Fact]
    public void Programs_ThatMayStillExist_AreThoseOfLostWorkers()
    {
        Assert.Equal([0], Left(new Lost(0, "gone", true)));
        Assert.Empty(Left(new Lost(0, "back", true, Interrupted: true)));
        Assert.Empty(Left(new Failed(0, FailureKind.ExitCode, "1", false)));
        Assert.Empty(Left(new Paused(0)));

        static IEnumerable<int> Left(TrialEvent end) => HistoryFold.Fold(Script().Run().Then(new Launched(0, "h", 4, 5)).Then(end).Events).Programs.Keys;
    }

    [Fact]
    public void Alive_OfWritersThatOverlap_IsTheUnion()
    {
        // a: 0 to 10 with no event between; b: joins at 5, leaves at 7; nobody from 10 to 20; c: 20 to 21; a crashed.
        var script = Script();
        script.At(0, "a", Joined("a")).At(5, "b", Joined("b")).At(7, "b", new WriterLeft()).At(10, "a", new Ticked());
        Assert.Equal(TimeSpan.FromSeconds(10), HistoryFold.Fold(script.Events).Alive);
        script.At(20, "c", Joined("c")).At(21, "c", new Ticked()).At(30, "b", new Ticked());
        Assert.Equal(TimeSpan.FromSeconds(11), HistoryFold.Fold(script.Events).Alive);

        static WriterJoined Joined(string name) => new(new(name, "h", 1, 1, "f"));
    }

    [Fact]
    public void TrialTable_OfManyTrials_RefusesWhatIsNotThere()
    {
        var script = Script();
        for (var number = 0; number < 600; number++)
            script.Then(new Reserved(number, TrialOrigin.Sampler, number, 0, 1));
        var history = HistoryFold.Fold(script.Events);
        Assert.Equal(Enumerable.Range(0, 600), history.Trials.Select(trial => trial.Number));
        Assert.Contains("There is no trial 600", Assert.Throws<ArgumentOutOfRangeException>(() => history.Trials[600]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => history.Trials[-1]);
    }

    [Fact]
    public void MeasurementList_OfTwoBranches_KeepsThemApart()
    {
        var trunk = MeasurementList.Empty.Add(Of(0)).Add(Of(1));
        var (left, right) = (trunk.Add(Of(2)).Add(Of(3)), trunk.Add(Of(4)));
        Assert.Equal([0.0, 1, 2, 3], Values(left));
        Assert.Equal([0.0, 1, 4], Values(right));
        Assert.Equal([0.0, 1], Values(trunk));
        Assert.Equal([1.0, 3], Values(left.Where(measurement => measurement.Metrics["m"] % 2 == 1)));
        Assert.Same(left, left.Where(_ => true));
        Assert.Empty(left.Where(_ => false));
        Assert.Throws<ArgumentOutOfRangeException>(() => trunk[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => trunk[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementList.Empty[0]);

        static Measurement Of(double value) => Measurement.Of("m", value);
        static IEnumerable<double> Values(MeasurementList list) => list.Select(measurement => measurement.Metrics["m"]);
    }

    private static ScriptedJournal Script(Objective? objective = null, bool isResumable = true, string? costMetric = null, OutcomeConstraint? constraint = null) =>
        new(new Problem(Space, [objective ?? new("loss")], constraint is null ? null : [constraint], [new("epochs", 1, 9) { IsResumable = isResumable }], costMetric));

    private static void Damaged(string expected, IEnumerable<JournalEvent> events)
    {
        var exception = Assert.Throws<JournalException>(() => HistoryFold.Fold(events));
        Assert.Equal(JournalFault.Damaged, exception.Fault);
        Assert.StartsWith("The journal is damaged at position ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
