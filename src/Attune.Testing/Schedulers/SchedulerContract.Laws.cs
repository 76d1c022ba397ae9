using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Testing;

/// <content>The laws.</content>
public sealed partial class SchedulerContract
{
    private const int Trials = 24;

    /// <summary>
    /// At every prefix of a parallel journal with lost, late, failed and retried trials, a fresh scheduler that only observed answers what
    /// one that was asked all along answers; asking twice gives the same.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsAtEveryPrefix(ulong seed)
    {
        Begin(seed);
        DemandReplay(TestProblems.Curves());
    }

    /// <summary>The same, for a problem without fidelity.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsWithoutFidelity(ulong seed)
    {
        Begin(seed);
        DemandReplay(TestProblems.Branin());
    }

    /// <summary>Whatever the order in which measurements arrive, it resumes paused trials only and wants no more than full
    /// fidelity.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ActionsArePossible(ulong seed)
    {
        Begin(seed);
        foreach (var workers in new[] { 1, 3, 8 })
        {
            foreach (var problem in new[] { TestProblems.Curves(), TestProblems.Branin() })
                Walk(Simulate(problem, new() { Workers = workers, Trials = Trials, LateRate = 0.3 }), DemandPossible);
        }
    }

    /// <summary>Undisturbed, every trial of the budget comes to an end, or the schedule says that it is finished.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void EveryTrialComesToAnEnd(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.Curves(), SimulationOptions.Quiet with { Trials = Trials });
        DemandEnd(TestProblems.Curves(), SimulationOptions.Quiet with { Trials = Trials, Workers = 5 });
        DemandEnd(TestProblems.Branin(), SimulationOptions.Quiet with { Trials = Trials, Workers = 5 });
    }

    /// <summary>When most workers are lost it goes on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void LostWorkersDoNotStopIt(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.Curves(), new() { Trials = Trials, LossRate = 0.6, ProposerLossRate = 0.2 });
        DemandEnd(TestProblems.Curves(), new() { Trials = Trials, LossRate = 1, InterruptionRate = 0 });
    }

    /// <summary>When all measurements are equal it goes on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void TiesAreTaken(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.Curves() with { Evaluate = (_, _, _) => new("loss", 1) },
            SimulationOptions.Quiet with { Trials = Trials, Workers = 4 });
    }

    /// <summary>Measurements that repeat or come after later ones do no harm, and nor does asking about them.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void LateAndDuplicateMeasurementsAreTaken(ulong seed)
    {
        Begin(seed);
        var problem = TestProblems.Curves();
        var definition = JournalScript.Define(problem.Problem, seed) with { Scheduler = _scheduler };
        var scheduler = _catalog.CreateScheduler(_scheduler, new(problem.Problem, seed, Budget.Unlimited));
        var script = new JournalScript(definition, schedulers: [scheduler]);
        for (var round = 0; round < 8; round++)
        {
            var trial = script.Start(new(problem.Problem.Space.Default()));
            foreach (var epoch in new[] { 1, 3, 3, 2, 1, 4 })
            {
                script.Measure(trial, new("loss", 1.0 / epoch), epoch);
                var running = script.History.Trials[trial];
                foreach (var measurement in running.Measurements)
                    scheduler.OnMeasurement(running, measurement, new(script.History));
                DemandPossible(scheduler, script.History);
            }

            if (round % 2 == 0)
                script.Append(new Finished(trial));
            else
                script.Pause(trial);
            scheduler.OnMeasurement(script.History.Trials[trial], script.History.Trials[trial].Measurements[0], new(script.History));
            DemandPossible(scheduler, script.History);
        }
    }

    /// <summary>Several objectives are taken.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void SeveralObjectivesAreTaken(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.TwoObjectives(), SimulationOptions.Quiet with { Trials = Trials, Workers = 3 });
    }

    /// <summary>A decision allocates no more after 10,000 trials than after 1,000.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void WorkDoesNotGrowWithHistory(ulong seed)
    {
        Begin(seed);
        const int Early = 1_000, Late = 10_000;
        var problem = TestProblems.Branin();
        var definition = JournalScript.Define(problem.Problem, seed) with { Scheduler = _scheduler };
        var scheduler = _catalog.CreateScheduler(_scheduler, new(problem.Problem, seed, Budget.Unlimited));
        var script = new JournalScript(definition, schedulers: [scheduler]);
        var configuration = problem.Problem.Space.Default();
        var early = 0L;
        while (script.History.Trials.Count < Late)
        {
            var trial = script.Start(new(configuration));
            script.Measure(trial, new("loss", trial % 17));
            if (script.History.Trials.Count == Early)
                early = Cost(scheduler, script.History, trial);
            else if (script.History.Trials.Count == Late)
                DemandCost(early, Cost(scheduler, script.History, trial));
            script.Append(new Finished(trial));
        }

        void DemandCost(long before, long after) =>
            Demand(after <= (before * 1.25) + 256,
                () => $"a decision allocates {before} bytes after {Early} trials, but {after} after {Late}.");
    }

    private static long Cost(IScheduler scheduler, History history, int trial)
    {
        const int Rounds = 10;
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            Ask();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;

        void Ask()
        {
            var context = new ScheduleContext(history);
            scheduler.Next(context);
            scheduler.OnMeasurement(history.Trials[trial], history.Trials[trial].Measurements[^1], context);
        }
    }

    private void DemandReplay(TestProblem problem)
    {
        var events = Simulate(problem, new() { Trials = Trials });
        Walk(events, (experienced, history) =>
        {
            var (first, second) = (Answers(experienced, history), Answers(experienced, history));
            Demand(first.SequenceEqual(second),
                () => $"asked twice at position {history.Position}: {string.Join("; ", first)}, then {string.Join("; ", second)}.");
            var fresh = Create(events);
            var replayed = JournalScript.Replay(events.Take((int)history.Position), fresh);
            var answers = Answers(fresh, replayed);
            Demand(first.SequenceEqual(answers),
                () => $"a fresh one at position {history.Position}: {string.Join("; ", answers)} instead of {string.Join("; ", first)}.");
        });
    }

    private void DemandEnd(TestProblem problem, SimulationOptions options)
    {
        var events = Simulate(problem, options);
        var history = HistoryFold.Fold(events);
        var scheduler = Create(events);
        JournalScript.Replay(events, scheduler);
        var isDone = history.FinishedCount == options.Trials || scheduler.Next(new(history)) is SchedulerAction.Finish;
        Demand(isDone, () =>
            $"{history.FinishedCount} of {options.Trials} trials came to an end; "
            + $"{history.Paused.Count} are paused, {history.Running.Count} run.");
    }
}
