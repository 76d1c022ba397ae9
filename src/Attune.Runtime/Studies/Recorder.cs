using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Studies;

/// <summary>What an operation sees while the journal is held for it: the complete history, and the pen.</summary>
internal sealed class Recorder(StudyLog log)
{
    /// <summary>The study with everything that stands in the journal, and with what this operation has recorded.</summary>
    internal History History => log.History;

    internal IScheduler Scheduler => log.Scheduler;

    internal ScheduleContext ScheduleContext => new(log.History);

    internal DateTimeOffset Now { get; private set; }

    internal string Writer => log.Writer.Name;

    /// <inheritdoc cref="StudyLog.Unanswered"/>
    internal List<(int Trial, int Token)> Unanswered => log.Unanswered;

    internal List<EventDraft> Drafts { get; } = [];

    internal void Begin(DateTimeOffset now)
    {
        Now = now;
        Drafts.Clear();
    }

    /// <summary>Records an event; the history has it at once. After this the operation may no longer fail.</summary>
    /// <returns>The position of the event.</returns>
    internal long Append(StudyEvent payload, int token = 0, long causation = 0)
    {
        var draft = new EventDraft(Now, log.Writer.Name, log.NextSequence(), token, causation, payload);
        Drafts.Add(draft);
        var position = History.Position + 1;
        log.Observe(draft.At(position));
        return position;
    }
}
