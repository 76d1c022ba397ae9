using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>Gives every trial the whole resource at once: starts one trial after the other, never pauses, stops or finishes by
/// itself.</summary>
/// <remarks>A trial that something else paused is resumed, with the rest of the resource, before a new one starts; the lowest number
/// first.</remarks>
public sealed class RunToCompletionScheduler : IScheduler
{
    private static readonly SchedulerAction StartWhole = new SchedulerAction.Start();

    private RunToCompletionScheduler(MethodDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>How registries know it: <c>run-to-completion</c>, without options.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "run-to-completion", 1, "Every trial runs to its end.", (descriptor, _) => new RunToCompletionScheduler(descriptor));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
    }

    /// <inheritdoc/>
    public SchedulerAction Next(in ScheduleContext context) =>
        context.History.Paused.Count > 0 ? new SchedulerAction.Resume(context.History.Paused[0]) : StartWhole;

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) => TrialDecision.Continue;
}
