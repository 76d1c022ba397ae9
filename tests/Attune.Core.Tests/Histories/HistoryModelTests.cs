using Attune.Events;
using Attune.Histories;
using CsCheck;

namespace Attune.Core.Tests.Histories;

public sealed class HistoryModelTests
{
    [Fact]
    public void Fold_OfAnyLegalJournal_AgreesWithANaiveRecount() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 300]).Sample((seed, length) =>
        {
            var journal = new RandomJournal(seed, length);
            var history = HistoryFold.Fold(journal.Events);
            Assert.Equal(journal.Events.Count, history.Position);
            Assert.Equal(journal.Revisions, history.SpaceRevision);
            Assert.Equal(journal.Queue, history.Queue.Select(queued => queued.Position));
            Assert.Equal(journal.Alive, history.Alive);
            Assert.Equal(journal.Trials.Count(trial => trial.FromSampler), history.SamplerIndex);
            foreach (var state in Enum.GetValues<TrialState>())
                Assert.Equal(journal.Trials.Count(trial => trial.State == state), history.CountOf(state));
            Assert.Equal(Numbers(trial => trial.State == TrialState.Running), history.Running);
            Assert.Equal(Numbers(trial => trial.State == TrialState.Paused), history.Paused);
            Assert.Equal(Numbers(trial => trial.State == TrialState.Reserved), history.Reserved);
            Assert.Equal(Numbers(trial => trial.WillRetry), history.AwaitingRetry);
            Assert.Equal(journal.FinishedCount, history.FinishedCount);
            Assert.Equal(journal.ConsecutiveFailures, history.ConsecutiveFailures);
            Assert.Equal(journal.FinishedWithoutImprovement, history.FinishedWithoutImprovement);
            Assert.Equal(journal.Front(), history.Front);
            Assert.Equal(journal.Problem.IsSingleObjective && history.Front.Count > 0 ? history.Front[0] : null, history.Best?.Number);
            Assert.Equal(journal.Trials.Sum(trial => trial.Resource), history.ResourceSpent, 1e-9);
            Assert.Equal(journal.Trials.Sum(trial => trial.Cost), history.CostSpent, 1e-6);
            foreach (var model in journal.Trials)
                Compare(journal, model, history.Trials[model.Number]);

            IEnumerable<int> Numbers(Func<RandomTrial, bool> test) => journal.Trials.Where(test).Select(trial => trial.Number);
        }, iter: 1_000);

    [Fact]
    public void RandomJournals_MeetEveryKindOfEventAndOutcome()
    {
        var journals = Enumerable.Range(0, 100).Select(seed => new RandomJournal((ulong)seed, 250)).ToArray();
        var kinds = typeof(StudyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StudyEvent)) && !type.IsAbstract).Select(type => type.Name);
        var met = journals.SelectMany(journal => journal.Events).Select(journalEvent => journalEvent.Payload.GetType().Name).ToHashSet();
        Assert.Equal(["FinalEvaluated", "Recommended", "SamplerChanged"], kinds.Except(met).Order());
        Assert.Equal(Enum.GetValues<TrialState>(), journals.SelectMany(journal => journal.Trials).Select(trial => trial.State).Distinct().Order());
        Assert.Contains(journals, journal => journal.Trials.Any(trial => trial.Attempt > 2));
        Assert.Contains(journals, journal => !journal.Problem.IsSingleObjective && HistoryFold.Fold(journal.Events).Front.Count > 2);
    }

    [Fact]
    public void Snapshot_WhileTheJournalGoesOn_StaysAsItWas() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 250]).Sample((seed, at) =>
        {
            var journal = new RandomJournal(seed, 260);
            var fold = new HistoryFold();
            var snapshots = new List<History>();
            foreach (var journalEvent in journal.Events)
            {
                fold.Apply(journalEvent);
                if (journalEvent.Position >= at && snapshots.Count < 3)
                    snapshots.Add(fold.Snapshot());
            }

            foreach (var snapshot in snapshots)
                Assert.Equal(Describe(HistoryFold.Fold(journal.Events.Take((int)snapshot.Position))), Describe(snapshot));
        }, iter: 100);

    [Fact]
    public void Apply_OfOneTrialsEventsAlone_GivesTheTrialOfTheHistory() =>
        Gen.ULong.Sample(seed =>
        {
            var journal = new RandomJournal(seed, 200);
            var history = HistoryFold.Fold(journal.Events);
            foreach (var trial in history.Trials)
            {
                Trial? alone = null;
                var revision = 0;
                foreach (var journalEvent in journal.Events)
                {
                    if (journalEvent.Payload is SpaceRevised)
                        revision++;
                    if (journalEvent.Trial == trial.Number)
                        alone = TrialFold.Apply(journal.Problem, revision, alone, journalEvent);
                }

                Assert.Equal(Describe(trial), Describe(alone!));
            }
        }, iter: 50);

    private static void Compare(RandomJournal journal, RandomTrial expected, Trial trial)
    {
        Assert.Equal(expected.State, trial.State);
        Assert.Equal(expected.WillRetry, trial.WillRetry);
        Assert.Equal(expected.Attempt, trial.Attempt);
        Assert.Equal(expected.Token, trial.Token);
        Assert.Equal(expected.Measurements, trial.Measurements);
        Assert.Equal(expected.Measurements.Count == 0 ? null : expected.Measurements.Max(measurement => measurement.Resource), trial.Resource);
        Assert.Equal(expected.Resource, trial.ResourceSpent, 1e-9);
        Assert.Equal(expected.Cost, trial.CostSpent, 1e-6);
        var losses = journal.Problem.Objectives.Select(objective => RandomJournal.Loss(expected, objective)).OfType<double>();
        Assert.Equal(losses, trial.Losses);
        Assert.Equal(expected.State is TrialState.Completed or TrialState.Stopped || (expected.State is TrialState.Failed or TrialState.Lost && !expected.WillRetry), trial.FinishedAt is not null);
    }

    private static string Describe(History history) => string.Join('\n',
    [
        $"{history.Position} {history.SpaceRevision} {history.Alive} {history.CoveredUntil:O} {history.ResourceSpent} {history.CostSpent} {history.SamplerIndex}",
        $"{history.IsStopRequested} {history.IsCancelRequested} {history.IsExhausted} {history.FinishedCount} {history.ConsecutiveFailures} {history.FinishedWithoutImprovement}",
        string.Join(',', history.Running) + "|" + string.Join(',', history.Paused) + "|" + string.Join(',', history.Reserved) + "|" + string.Join(',', history.AwaitingRetry),
        string.Join(',', history.Front) + "|" + string.Join(',', history.Queue) + "|" + string.Join(',', history.Programs) + "|" + string.Join(',', history.Writers.Values),
        string.Join(',', Enum.GetValues<TrialState>().Select(history.CountOf)) + "|" + history.Budget + "|" + history.UpdatedAt.ToString("O"),
        .. history.Trials.Select(Describe),
    ]);

    private static string Describe(Trial trial) =>
        $"{trial with { Losses = [], Violations = [] }} {string.Join(',', trial.Measurements)} {string.Join(',', trial.Losses)} {string.Join(',', trial.Violations)}";
}
