namespace Attune.Events;

/// <summary>What happened: the payload of a journal event.</summary>
public abstract record StudyEvent
{
    private protected StudyEvent()
    {
    }
}

/// <summary>Something that happened to one trial.</summary>
/// <param name="Trial">The number of the trial, from 0.</param>
public abstract record TrialEvent(int Trial) : StudyEvent;
