using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Testing.Tests.Schedulers;

/// <summary>A scheduler that runs trials to the end, with one fault.</summary>
internal sealed class BrokenScheduler(MethodDescriptor descriptor) : IScheduler
{
    private readonly HashSet<int> _started = [];
    private int _asked;

    public MethodDescriptor Descriptor => descriptor;

    public void Observe(in JournalEvent journalEvent, History history)
    {
        if (journalEvent.Payload is Started started)
            _started.Add(started.Trial);
    }

    public SchedulerAction Next(in ScheduleContext context)
    {
        _asked++;
        var history = context.History;
        return descriptor.Name switch
        {
            "counts-questions" when _asked % 3 == 0 => new SchedulerAction.Wait(),
            "resumes-running" when history.Running.Count > 0 => new SchedulerAction.Resume(history.Running[0]),
            "wants-too-much" when history.Trials.Count > 5 => new SchedulerAction.Start(history.Problem.Fidelity?.High * 2),
            "wants-a-fidelity" => new SchedulerAction.Start(1),
            "waits-after-a-loss" when history.CountOf(TrialState.Lost) > 0 => new SchedulerAction.Wait(),
            "waits-after-ties" when history.FinishedCount > 3
                && history.FinishedWithoutImprovement == history.FinishedCount - 1 => new SchedulerAction.Wait(),
            "one-objective-only" when !history.Problem.IsSingleObjective && history.FinishedCount > 3 => new SchedulerAction.Wait(),
            "forgets-paused" => new SchedulerAction.Start(),
            "waits-after-a-failure" when history.CountOf(TrialState.Failed) > 0 => new SchedulerAction.Wait(),
            "waits-after-a-revision" when history.SpaceRevision > 0 => new SchedulerAction.Wait(),
            "waits-after-a-leap" when history.Trials.Any(trial => trial.IsFinished && trial.Measurements.Count < 9) =>
                new SchedulerAction.Wait(),
            "no-constraints" when !history.Problem.Constraints.IsEmpty && history.FinishedCount > 3 => new SchedulerAction.Wait(),
            "forgets-the-new-budget" when history.Trials.Count >= history.Definition.Budget.Trials => new SchedulerAction.Finish(),
            "promotes-anybody" or "promotes-twice" when history.Paused.Count > 0 => new SchedulerAction.Resume(
                history.Paused[0], 3, new(0, 1, 1, 3)),
            "promotes-anybody" or "promotes-twice" => new SchedulerAction.Start(1, new(0, 0, 0, 1)),
            "copies-history" when _started.ToArray().Length < 0 => new SchedulerAction.Wait(),
            _ => history.Paused.Count > 0 ? new SchedulerAction.Resume(history.Paused[0]) : new SchedulerAction.Start(),
        };
    }

    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) =>
        descriptor.Name == "forgets-paused" && trial.Number == 3 ? TrialDecision.Pause
        : descriptor.Name == "promotes-anybody" && trial.Target == 1 ? TrialDecision.Pause
        : descriptor.Name == "promotes-twice" && measurement.Resource is 1 or 3 && trial.Measurements.Count < 6 ? TrialDecision.Pause
        : descriptor.Name == "trusts-order" && trial.Measurements.Count > 1 && measurement.Resource < trial.Measurements[^2].Resource
            ? throw new InvalidOperationException("late")
        : TrialDecision.Continue;

    internal static SchedulerRegistration Register(string name) =>
        SchedulerRegistration.Create(name, 1, "Broken.", (descriptor, _) => new BrokenScheduler(descriptor));
}
