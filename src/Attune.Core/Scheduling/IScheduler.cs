using Attune.Events;
using Attune.Histories;

namespace Attune.Scheduling;

/// <summary>
/// Decides how much resource trials get. It obeys the replay law: what it answers is a function of the events observed so far, whoever
/// else was asked in between. Its work for one decision does not grow with the number of trials.
/// </summary>
public interface IScheduler
{
    /// <summary>Name, version and options.</summary>
    MethodDescriptor Descriptor { get; }

    /// <summary>Takes note of an event. Events come in journal order, each once.</summary>
    /// <param name="journalEvent">The event.</param>
    /// <param name="history">The study just after the event. Valid during the call only.</param>
    void Observe(in JournalEvent journalEvent, History history);

    /// <summary>What a free worker is to do next. It changes nothing: only events do.</summary>
    /// <param name="context">The study as it stands.</param>
    SchedulerAction Next(in ScheduleContext context);

    /// <summary>
    /// What becomes of a running trial after a measurement that has just been observed. It changes nothing: only events do.
    /// </summary>
    /// <param name="trial">The trial with the measurement.</param>
    /// <param name="measurement">The measurement.</param>
    /// <param name="context">The study as it stands.</param>
    TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context);
}
