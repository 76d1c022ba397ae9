using Attune.Events;
using Attune.Scheduling;

namespace Attune.Testing;

/// <content>Laws of rungs: whatever programs report, and whenever.</content>
public sealed partial class SchedulerContract
{
    /// <summary>
    /// No trial is promoted to the same rung twice, none gets less than before and, where that is claimed, a trial is promoted only when it
    /// is
    /// among the best ⌊n/η⌋ of the n trials that have got to its rung: quietly, with lost, late and failed runs, and when most workers are
    /// lost.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void OnlyTheBestArePromotedAndOnce(ulong seed)
    {
        Begin(seed);
        DemandLedger(SimulationOptions.Quiet with { Trials = 100 });
        DemandLedger(SimulationOptions.Quiet with { Trials = 100, Workers = 16, LateRate = 0.3 });
        DemandLedger(new() { Trials = 100, Workers = 8 });
        DemandLedger(new() { Trials = 100, Workers = 8, LossRate = 0.6 });
    }

    /// <summary>A program may report at some resources only, and go beyond what it was told; trials come to an end all the same.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void MeasurementsMayLeapOverRungs(ulong seed)
    {
        Begin(seed);
        foreach (var resources in new double[][] { [1, 2, 5, 9], [5, 9], [9], [2, 4, 6, 8, 9], [0.5, 1.5, 8.5, 9] })
        {
            foreach (var problem in new[] { TestProblems.Curves(), TestProblems.TwoObjectiveCurves() })
                DemandFinish(new(problem, Create(problem.Problem, seed, Trials), seed, Trials) { Resources = resources });
        }
    }

    /// <summary>A trial may be complete before its scheduler wants it to be.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void TrialsMayEndBeforeTheirTime(ulong seed)
    {
        Begin(seed);
        var problem = TestProblems.Curves();
        foreach (var every in new[] { 1, 3 })
        {
            DemandFinish(new(problem, Create(problem.Problem, seed, Trials), seed, Trials)
            {
                End = trial => trial % every == 0 ? 2 : null,
            });
        }
    }

    /// <summary>When the budget of trials is spent it finishes; when the budget grows it goes on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void TheBudgetMayGrow(ulong seed)
    {
        Begin(seed);
        var problem = TestProblems.Curves();
        foreach (var first in new[] { 1, 7, 13 })
        {
            var run = new SequentialRun(problem, Create(problem.Problem, seed, first), seed, first);
            DemandFinish(run);
            run.Append(new BudgetChanged(new() { Trials = Trials }));
            DemandFinish(run);
            Demand(run.History.Trials.Count == Trials,
                () => $"after the budget grew from {first} to {Trials} trials it finished with {run.History.Trials.Count}.");
        }
    }

    private void DemandFinish(SequentialRun run)
    {
        // Every run brings its trial to a higher resource or to its end.
        for (var runs = 0; run.Step(); runs++)
            Demand(runs <= 20 * Trials, () => $"it goes on for ever: after {runs} runs it says {run.Action}.");
        var history = run.History;
        Demand(run.Action is SchedulerAction.Finish || history.FinishedCount == history.Budget.Trials,
            () => $"nothing runs, {history.Paused.Count} trials are paused, and it says {run.Action}.");
    }

    private void DemandLedger(SimulationOptions options)
    {
        DemandLedger(TestProblems.Curves(), options, _options.ReductionFactor);
        DemandLedger(TestProblems.TwoObjectiveCurves(), options, reductionFactor: null);
    }

    private void DemandLedger(TestProblem problem, SimulationOptions options, double? reductionFactor)
    {
        var ledger = new RungLedger(reductionFactor);
        foreach (var journalEvent in Simulate(problem, options))
        {
            var fault = ledger.Take(journalEvent);
            Demand(fault is null, () => $"at position {journalEvent.Position} {fault}");
        }
    }
}
