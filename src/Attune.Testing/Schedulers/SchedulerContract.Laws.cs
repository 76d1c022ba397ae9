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

    /// <summary>The same, for a problem without fidelity; or such a problem is refused with a message that says what is missing.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsWithoutFidelity(ulong seed)
    {
        Begin(seed);
        if (!_options.NeedsFidelity)
        {
            DemandReplay(TestProblems.Branin());
            return;
        }

        try
        {
            _catalog.CreateScheduler(_scheduler, new(TestProblems.Branin().Problem, seed, Budget.Unlimited));
        }
        catch (ProblemException exception)
        {
            Demand(exception.Message.Contains("fidelity", StringComparison.Ordinal),
                () => $"without a fidelity it says: {exception.Message}");
            return;
        }

        Demand(false, () => "it takes a problem without a fidelity.");
    }

    /// <summary>The same, for several objectives.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsWithSeveralObjectives(ulong seed)
    {
        Begin(seed);
        DemandReplay(TestProblems.TwoObjectiveCurves());
    }

    /// <summary>The same, with an outcome constraint.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsWithOutcomeConstraints(ulong seed)
    {
        Begin(seed);
        DemandReplay(TestProblems.ConstrainedCurves());
    }

    /// <summary>Whatever the order in which measurements arrive, it resumes paused trials only and wants no more than full
    /// fidelity.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ActionsArePossible(ulong seed)
    {
        Begin(seed);
        foreach (var workers in new[] { 1, 3, 8 })
        {
            foreach (var problem in Problems())
                Walk(Simulate(problem, new() { Workers = workers, Trials = Trials, LateRate = 0.3 }), DemandPossible);
        }
    }

    /// <summary>Undisturbed, every trial of the budget comes to an end, or the schedule says that it is finished.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void EveryTrialComesToAnEnd(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.Curves(), SimulationOptions.Quiet with { Trials = Trials });
        foreach (var problem in Problems())
            DemandEnd(problem, SimulationOptions.Quiet with { Trials = Trials, Workers = 5 });
    }

    /// <summary>When most workers are lost it goes on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void LostWorkersDoNotStopIt(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.Curves(), new() { Trials = Trials, LossRate = 0.6, ProposerLossRate = 0.2 });
        DemandEnd(TestProblems.Curves(), new() { Trials = Trials, LossRate = 1, InterruptionRate = 0 });
    }

    /// <summary>When trials fail, all of them even, it goes on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void FailuresDoNotStopIt(ulong seed)
    {
        Begin(seed);
        foreach (var rate in new[] { 0.3, 1 })
        {
            DemandEnd(TestProblems.Curves(), SimulationOptions.Quiet with { Trials = Trials, Workers = 4, FailureRate = rate });
            DemandEnd(TestProblems.Curves(),
                SimulationOptions.Quiet with { Trials = Trials, Workers = 4, FailureRate = rate, Retries = new(1, 1) });
        }
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
        DemandEnd(TestProblems.TwoObjectiveCurves(), SimulationOptions.Quiet with { Trials = Trials, Workers = 3 });
        if (!_options.NeedsFidelity)
            DemandEnd(TestProblems.TwoObjectives(), SimulationOptions.Quiet with { Trials = Trials, Workers = 3 });
    }

    /// <summary>Outcome constraints are taken, even if nothing keeps them.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void OutcomeConstraintsAreTaken(ulong seed)
    {
        Begin(seed);
        DemandEnd(TestProblems.ConstrainedCurves(), SimulationOptions.Quiet with { Trials = Trials, Workers = 3 });
        DemandEnd(TestProblems.ConstrainedCurves(-1), SimulationOptions.Quiet with { Trials = Trials, Workers = 3 });
    }

    /// <summary>A revision of the space in the middle changes nothing.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void TheSpaceMayBeRevised(ulong seed)
    {
        Begin(seed);
        var options = SimulationOptions.Quiet with
        {
            Trials = Trials,
            Workers = 3,
            ReviseAfter = Trials / 2,
            Revise = static space => new([.. space.Parameters, new FloatParameter("added", 0, 1)]),
        };
        DemandEnd(TestProblems.Curves(), options);
        DemandReplay(TestProblems.Curves(), options);
    }

    private void DemandReplay(TestProblem problem, SimulationOptions? options = null)
    {
        var events = Simulate(problem, options ?? new() { Trials = Trials });
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
