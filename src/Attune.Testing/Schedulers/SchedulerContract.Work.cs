using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Scheduling;

namespace Attune.Testing;

/// <content>Laws of work and memory.</content>
public sealed partial class SchedulerContract
{
    /// <summary>A decision allocates no more after 10,000 trials than after 1,000.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void WorkDoesNotGrowWithHistory(ulong seed)
    {
        Begin(seed);
        const int Early = 1_000, Late = 10_000;
        var problem = _options.NeedsFidelity ? TestProblems.Curves() : TestProblems.Branin();
        var definition = JournalScript.Define(problem.Problem, seed) with { Scheduler = _scheduler };
        var scheduler = _catalog.CreateScheduler(_scheduler, new(problem.Problem, seed, Budget.Unlimited));
        var script = new JournalScript(definition, schedulers: [scheduler]);
        var configuration = problem.Problem.Space.Default();
        var early = 0L;
        while (script.History.Trials.Count < Late)
        {
            var trial = script.Start(new(configuration));
            script.Measure(trial, new("loss", trial % 17), problem.Problem.Fidelity?.High);
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

    /// <summary>
    /// When a worker does what it says, the events of one trial's run and the decisions about it allocate no more after 8,000 trials than
    /// after 2,000, by the median of some hundred runs.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void WorkDoesNotGrowWithMeasuredTrials(ulong seed)
    {
        Begin(seed);
        const int Early = 2_000, Late = 8_000, Span = 100;
        var random = RandomKey.FromSeed(seed).CreateStream();
        var problem = TestProblems.Curves() with { Evaluate = (_, _, _) => new("loss", random.NextDouble()) };
        var metered = new MeteredScheduler(Create(problem.Problem, seed, Late + Span));
        var run = new SequentialRun(problem, metered, seed, Late + Span) { Resources = [1, 3, 9] };
        var (early, late) = (new List<long>(), new List<long>());
        while (run.Step() && run.History.Trials.Count < Late + Span)
        {
            var spent = metered.TakeSpent();
            if (run.History.Trials.Count is >= Early and < Early + Span)
                early.Add(spent);
            else if (run.History.Trials.Count >= Late)
                late.Add(spent);
        }

        Demand(late.Count > 0, () => $"it ended after {run.History.Trials.Count} trials.");
        early.Sort();
        late.Sort();
        var (first, last) = (early[early.Count / 2], late[late.Count / 2]);
        Demand(last <= (first * 1.25) + 512,
            () => $"the events of a run and the decisions about it allocate {first} bytes after {Early} trials, but {last} after {Late}.");
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
}
