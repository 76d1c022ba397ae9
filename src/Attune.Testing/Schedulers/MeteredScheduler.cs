using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>Counts what a scheduler allocates.</summary>
internal sealed class MeteredScheduler(IScheduler scheduler) : IScheduler
{
    private long _spent;

    /// <inheritdoc/>
    public MethodDescriptor Descriptor => scheduler.Descriptor;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        scheduler.Observe(journalEvent, history);
        _spent += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <inheritdoc/>
    public SchedulerAction Next(in ScheduleContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var action = scheduler.Next(context);
        _spent += GC.GetAllocatedBytesForCurrentThread() - before;
        return action;
    }

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decision = scheduler.OnMeasurement(trial, measurement, context);
        _spent += GC.GetAllocatedBytesForCurrentThread() - before;
        return decision;
    }

    /// <summary>The bytes since the last call.</summary>
    internal long TakeSpent()
    {
        var spent = _spent;
        _spent = 0;
        return spent;
    }
}
